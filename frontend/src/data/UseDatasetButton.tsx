import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { Button } from '../ui/Button'
import { useChooseDataset } from './useChooseDataset'

/** Binds the drawing to a dataset and goes to it. */
export function UseDatasetButton({ dataset }: { dataset: string }) {
  const { t } = useTranslation('data')
  const navigate = useNavigate()
  const { choose, isPending } = useChooseDataset()
  const use = () => void choose(dataset).then((done) => (done ? navigate('/') : undefined))
  return (
    <Button disabled={isPending} onClick={use}>
      {t('dataset.use')}
    </Button>
  )
}
