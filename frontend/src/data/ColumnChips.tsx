import { useTranslation } from 'react-i18next'
import type { Column } from '../api/types'
import { dragColumn, endColumnDrag } from '../editor/columnDrag'
import { draftStore } from '../graph/useDraft'
import { takersOf } from './columnDrop'
import styles from './DataPanel.module.css'
import { useColumnPage } from './useColumnPage'

const PAGE = 60

interface ColumnChipsProps {
  columns: readonly Column[]
  bound: readonly string[]
  onToggle: (column: string) => void
}

/** Columns to press, or to drag onto an Input or Output of the drawing. */
export function ColumnChips({ columns, bound, onToggle }: ColumnChipsProps) {
  const { t } = useTranslation('data')
  const { shown, tools } = useColumnPage(columns, PAGE)
  return (
    <>
      {tools}
      <div className={styles.chips}>
        {shown.map((column) => (
          <button
            key={column.name}
            type="button"
            className={styles.chip}
            aria-pressed={bound.includes(column.name)}
            data-role={column.role ?? 'none'}
            title={t('panel.chip', { kind: t(`kind.${column.kind}`) })}
            draggable
            onDragStart={(event) =>
              dragColumn(event, column.name, takersOf(draftStore.getState().graph, column))
            }
            onDragEnd={endColumnDrag}
            onClick={() => onToggle(column.name)}
          >
            {column.name}
          </button>
        ))}
      </div>
    </>
  )
}
