import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useComparing, useRepeats, type useRelations } from '../api/datasetQueries'
import type { Relations } from '../api/types'
import { Button } from '../ui/Button'
import { formatNumber } from '../ui/format'
import { Panel } from '../ui/Panel'
import { DataFindings, type FoundRows } from './DataFindings'
import { withColumn, type DatasetEdits } from './datasetEdits'
import styles from './DatasetPage.module.css'
import { countOf, rowSetsOf, type RowSets } from './rowSets'
import { WorkProgress } from './WorkProgress'

interface FindingsPanelProps {
  dataset: string
  comparison: ReturnType<typeof useRelations>
  edits: DatasetEdits
  onEdit: ((edits: DatasetEdits) => void) | null
  onShow: (rows: RowSets) => void
}

/** What was found in a dataset; while it is looked for how far that is, and a way to stop it. */
export function FindingsPanel({ comparison, ...props }: FindingsPanelProps) {
  const { t } = useTranslation('data')
  const { data: relations, isFetching, error, refetch, stop } = comparison
  return (
    <Panel title={t('found.title')}>
      {relations && <Found relations={relations} {...props} />}
      {!relations && isFetching && <Comparing dataset={props.dataset} onStop={stop} />}
      {!relations && !isFetching && (
        <div className={styles.finding}>
          <p className={styles.soft}>{error ? error.message : t('found.stopped')}</p>
          <Button size="small" onClick={() => void refetch()}>
            {t(error ? 'page.again' : 'found.compare')}
          </Button>
        </div>
      )}
    </Panel>
  )
}

function Comparing({ dataset, onStop }: { dataset: string; onStop: () => void }) {
  const { t } = useTranslation('data')
  const { data: done = null } = useComparing(dataset)
  return (
    <WorkProgress
      label={t('found.progress')}
      text={t('found.looking')}
      share={done}
      stopLabel={t('found.stop')}
      onStop={onStop}
    />
  )
}

interface FoundProps extends Omit<FindingsPanelProps, 'comparison'> {
  relations: Relations
}

function Found({ dataset, relations, edits, onEdit, onShow }: FoundProps) {
  const { t } = useTranslation('data')
  const { mutate, isPending } = useRepeats()
  const select = (which: FoundRows) =>
    mutate(dataset, {
      onSuccess: (repeats) => {
        const rows = rowSetsOf(repeats[which])
        const found = which === 'rows' ? relations.duplicates.rows : relations.across_splits
        onShow(rows)
        if (countOf(rows) < found) toast.info(t('found.first', { rows: formatNumber(countOf(rows)) }))
      },
      onError: (error) => toast.error(error.message),
    })
  const actions = onEdit && {
    select,
    isSelecting: isPending,
    isLeftOut: (column: string) => edits.columns.has(column),
    leaveOut: (column: string) => onEdit(withColumn(edits, column, false)),
  }
  return <DataFindings relations={relations} actions={actions} />
}
