import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDatasetRows } from '../api/datasetQueries'
import type { DatasetInfo } from '../api/types'
import { EmptyState } from '../ui/EmptyState'
import { formatNumber } from '../ui/format'
import { IconButton } from '../ui/IconButton'
import { Select } from '../ui/Select'
import { Skeleton } from '../ui/Skeleton'
import type { DatasetEdits } from './datasetEdits'
import { ImageGrid } from './ImageGrid'
import { PinButton } from './PinButton'
import styles from './RowBrowser.module.css'
import { rowChoice } from './rowChoice'
import { RowTable } from './RowTable'
import { SelectionBar } from './SelectionBar'
import type { RowView } from './useRowView'

interface RowBrowserProps {
  dataset: DatasetInfo
  view: RowView
  edits: DatasetEdits
  /** Null where the dataset can not be edited. */
  onEdit: ((edits: DatasetEdits) => void) | null
}

/** The rows of a dataset, a page at a time: pictures as a grid, anything else as a table. */
export function RowBrowser({ dataset, view, edits, onEdit }: RowBrowserProps) {
  const { t } = useTranslation('data')
  const splits = Object.keys(dataset.rows)
  const { split, offset, limit } = view
  const image = dataset.columns.find((column) => column.kind === 'image')
  const { data, error, isPlaceholderData } = useDatasetRows({ dataset: dataset.id, split, offset, limit })
  const total = dataset.rows[split] ?? 0
  // Samples are followed from the rows that models learn from.
  const pin =
    split === 'train' && !isPlaceholderData
      ? (index: number) => <PinButton dataset={dataset.id} row={offset + index} />
      : null
  const choice = onEdit && rowChoice(view, data?.rows.length ?? 0, edits, onEdit)
  return (
    <div className={styles.browser}>
      <div className={styles.bar}>
        {splits.length > 1 && (
          <div className={styles.split}>
            <Select
              aria-label={t('rows.split')}
              value={split}
              options={splits.map((one) => ({
                value: one,
                label: t(`split.${one}`, one),
                hint: formatNumber(dataset.rows[one]),
              }))}
              onChange={(next) => view.turnTo(next, 0)}
            />
          </div>
        )}
        {onEdit && <SelectionBar view={view} edits={edits} onEdit={onEdit} />}
        <span className={styles.place} aria-live="polite">
          {t('rows.place', {
            first: formatNumber(Math.min(offset + 1, total)),
            last: formatNumber(Math.min(offset + limit, total)),
            total: formatNumber(total),
          })}
        </span>
        <IconButton
          label={t('rows.previous')}
          disabled={offset === 0}
          onClick={() => view.turnTo(split, Math.max(0, offset - limit))}
        >
          <ChevronLeft size={16} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={t('rows.next')}
          disabled={offset + limit >= total}
          onClick={() => view.turnTo(split, offset + limit)}
        >
          <ChevronRight size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {error && <EmptyState title={t('rows.failed')} text={error.message} />}
      {!data && !error && <Skeleton lines={6} height={24} />}
      {data && (
        <div className={styles.rows} aria-busy={isPlaceholderData} inert={isPlaceholderData}>
          {image ? (
            <ImageGrid rows={data.rows} image={image} columns={dataset.columns} pin={pin} choice={choice} />
          ) : (
            <RowTable rows={data.rows} columns={dataset.columns} offset={offset} pin={pin} choice={choice} />
          )}
        </div>
      )}
    </div>
  )
}
