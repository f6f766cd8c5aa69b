import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { useDraft } from '../../graph/useDraft'
import { Button } from '../../ui/Button'
import { StartButton } from '../StartButton'
import { useChooseDataset } from '../useChooseDataset'
import type { OpenProject } from '../useStartFrom'
import { uploadActions, type Upload } from './uploads'
import styles from './UploadTray.module.css'

interface UploadChoicesProps {
  upload: Upload
  dataset: string
  onOpen: OpenProject
}

/** What to do with a dataset that has just come in: train this drawing on it, start a new one, look at it. */
export function UploadChoices({ upload, dataset, onOpen }: UploadChoicesProps) {
  const { t } = useTranslation('data')
  const navigate = useNavigate()
  const isDrawn = useDraft((draft) => draft.graph.nodes.length > 0)
  const { choose, isPending } = useChooseDataset()
  const dismiss = () => uploadActions.remove(upload.key)
  const use = async () => {
    if (!(await choose(dataset))) return
    dismiss()
    await navigate('/')
  }
  return (
    <div className={styles.actions}>
      <StartButton
        dataset={dataset}
        look={upload.place === 'drawing' ? 'plain' : 'primary'}
        size="small"
        onOpen={onOpen}
        onStarted={dismiss}
      />
      {isDrawn && (
        <Button size="small" disabled={isPending} onClick={() => void use()}>
          {t('start.here')}
        </Button>
      )}
      <Link to={`/data/${dataset}`} onClick={dismiss}>
        {t('panel.look')}
      </Link>
    </div>
  )
}
