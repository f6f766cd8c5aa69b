import { Sparkles } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useChooseDataset } from '../data/useChooseDataset'
import { useDraft } from '../graph/useDraft'
import { Button } from '../ui/Button'

/** Makes every choice anew from the drawing and its data. */
export function SuggestButton() {
  const { t } = useTranslation('training')
  const dataset = useDraft((draft) => draft.recipe?.data.dataset)
  const { choose, isPending } = useChooseDataset()
  if (dataset === undefined) return null
  return (
    <Button
      size="small"
      look="quiet"
      icon={<Sparkles size={13} aria-hidden="true" />}
      disabled={isPending}
      onClick={() => void choose(dataset)}
    >
      {t('form.suggest')}
    </Button>
  )
}
