import { useTranslation } from 'react-i18next'
import { useDataset } from '../api/datasetQueries'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { useChooseDataset } from './useChooseDataset'

interface DatasetDroppedProps {
  /** The dataset that was dropped onto a drawing with nodes; null where none was. */
  dataset: string | null
  onStart: (dataset: string) => Promise<boolean>
  onClose: () => void
}

/** Asks whether a dataset is for the drawing that is there or for a new one. */
export function DatasetDropped({ dataset, onStart, onClose }: DatasetDroppedProps) {
  const { t } = useTranslation('data')
  const { choose, isPending } = useChooseDataset()
  const { data: info } = useDataset(dataset ?? undefined)
  const then = (work: (dataset: string) => Promise<boolean>) => () => {
    if (dataset !== null) void work(dataset).then((done) => done && onClose())
  }
  const actions = (
    <>
      <Button disabled={isPending} onClick={then(choose)}>
        {t('start.here')}
      </Button>
      <Button look="primary" onClick={then(onStart)}>
        {t('start.action')}
      </Button>
    </>
  )
  return (
    <Dialog
      open={dataset !== null}
      title={info?.title ?? ''}
      description={t('start.which')}
      actions={actions}
      onClose={onClose}
    />
  )
}
