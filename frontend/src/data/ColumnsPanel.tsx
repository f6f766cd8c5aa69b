import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRelations } from '../api/datasetQueries'
import type { DatasetInfo } from '../api/types'
import { Panel } from '../ui/Panel'
import { Skeleton } from '../ui/Skeleton'
import type { ColumnEdits } from './columnEdits'
import { ColumnSelect } from './ColumnSelect'
import { ColumnTable } from './ColumnTable'
import { DataFindings } from './DataFindings'
import styles from './DatasetPage.module.css'

interface ColumnsPanelProps {
  dataset: DatasetInfo
  edits: ColumnEdits
  onEdit: ((edits: ColumnEdits) => void) | null
}

/** The columns, how each goes with the target, and what that gives away. */
export function ColumnsPanel({ dataset, edits, onEdit }: ColumnsPanelProps) {
  const { t } = useTranslation('data')
  const [target, setTarget] = useState(dataset.default_targets[0])
  const { data: relations, isFetching } = useRelations(dataset.id, target)
  const byColumn = useMemo(
    () => (relations ? new Map(relations.columns.map((one) => [one.column, one])) : null),
    [relations],
  )
  const compared = target !== undefined && (
    <div className={styles.compared}>
      <span className={styles.soft} aria-hidden="true">
        {t('found.target')}
      </span>
      <ColumnSelect
        aria-label={t('found.target')}
        columns={dataset.columns}
        value={target}
        onChange={setTarget}
      />
    </div>
  )
  return (
    <>
      {(relations ?? isFetching) && (
        <Panel title={t('found.title')}>
          {relations ? <DataFindings relations={relations} /> : <Skeleton lines={2} />}
        </Panel>
      )}
      <Panel title={t('dataset.columns')} aside={relations && compared}>
        <ColumnTable columns={dataset.columns} relations={byColumn} edits={edits} onEdit={onEdit} />
      </Panel>
    </>
  )
}
