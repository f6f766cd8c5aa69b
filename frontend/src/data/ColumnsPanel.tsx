import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRelations } from '../api/datasetQueries'
import type { DatasetInfo } from '../api/types'
import { Panel } from '../ui/Panel'
import type { DatasetEdits } from './datasetEdits'
import { ColumnSelect } from './ColumnSelect'
import { ColumnTable } from './ColumnTable'
import styles from './DatasetPage.module.css'
import { FindingsPanel } from './FindingsPanel'
import type { RowSets } from './rowSets'

interface ColumnsPanelProps {
  dataset: DatasetInfo
  edits: DatasetEdits
  onEdit: ((edits: DatasetEdits) => void) | null
  onShow: (rows: RowSets) => void
}

/** The columns, how each goes with the target, and what that gives away. */
export function ColumnsPanel({ dataset, edits, onEdit, onShow }: ColumnsPanelProps) {
  const { t } = useTranslation('data')
  const [target, setTarget] = useState(dataset.default_targets[0])
  const comparison = useRelations(dataset.id, target)
  const relations = comparison.data
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
      {target !== undefined && (
        <FindingsPanel
          dataset={dataset.id}
          comparison={comparison}
          edits={edits}
          onEdit={onEdit}
          onShow={onShow}
        />
      )}
      <Panel title={t('dataset.columns')} aside={compared}>
        <ColumnTable columns={dataset.columns} relations={byColumn} edits={edits} onEdit={onEdit} />
      </Panel>
    </>
  )
}
