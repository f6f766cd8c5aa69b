import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button'
import { formatNumber } from '../ui/format'
import { NO_EDITS, type DatasetEdits } from './datasetEdits'
import styles from './RowBrowser.module.css'
import { countOf, minus, NO_ROWS, union } from './rowSets'
import type { RowView } from './useRowView'

interface SelectionBarProps {
  view: RowView
  edits: DatasetEdits
  onEdit: (edits: DatasetEdits) => void
}

/** How many rows are selected, and what can be done with them; how to select some while there are none. */
export function SelectionBar({ view, edits, onEdit }: SelectionBarProps) {
  const { t } = useTranslation('data')
  const count = countOf(view.selected)
  const leftOut = countOf(edits.rows)
  const remove = () => {
    onEdit({ ...edits, rows: union(edits.rows, view.selected) })
    view.select(NO_ROWS)
  }
  if (count === 0) {
    return (
      <span className={styles.hint} role="status">
        {leftOut > 0 ? t('rows.leftOut', { count: leftOut, rows: formatNumber(leftOut) }) : t('rows.hint')}
        {leftOut > 0 && (
          <Button size="small" look="quiet" onClick={() => onEdit({ ...edits, rows: NO_EDITS.rows })}>
            {t('rows.putAllBack')}
          </Button>
        )}
      </span>
    )
  }
  const fresh = countOf(minus(view.selected, edits.rows))
  return (
    <div className={styles.selection} role="group" aria-label={t('rows.selection')}>
      <Button size="small" look="danger" disabled={fresh === 0} onClick={remove}>
        {t('rows.remove', { count: fresh, rows: formatNumber(fresh) })}
      </Button>
      {count > 1 && (
        <Button size="small" onClick={view.showNext}>
          {t('rows.showNext')}
        </Button>
      )}
      <Button size="small" look="quiet" onClick={() => view.select(NO_ROWS)}>
        {t('rows.clear')}
      </Button>
      <span className="visually-hidden" role="status">
        {t('rows.selected', { count, rows: formatNumber(count) })}
      </span>
    </div>
  )
}
