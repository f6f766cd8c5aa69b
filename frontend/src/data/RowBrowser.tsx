import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDatasetRows } from '../api/datasetQueries'
import type { DatasetInfo } from '../api/types'
import { EmptyState } from '../ui/EmptyState'
import { formatNumber } from '../ui/format'
import { IconButton } from '../ui/IconButton'
import { Select } from '../ui/Select'
import { Skeleton } from '../ui/Skeleton'
import { ImageGrid } from './ImageGrid'
import { PinButton } from './PinButton'
import styles from './RowBrowser.module.css'
import { RowTable } from './RowTable'

const PICTURES = 60
const ROWS = 12

/** The rows of a dataset, a page at a time: pictures as a grid, anything else as a table. */
export function RowBrowser({ dataset }: { dataset: DatasetInfo }) {
  const { t } = useTranslation('data')
  const splits = Object.keys(dataset.rows)
  const [split, setSplit] = useState(splits[0] ?? 'train')
  const [offset, setOffset] = useState(0)
  const image = dataset.columns.find((column) => column.kind === 'image')
  const limit = image ? PICTURES : ROWS
  const { data, error, isPlaceholderData } = useDatasetRows({ dataset: dataset.id, split, offset, limit })
  const total = dataset.rows[split] ?? 0
  const change = (next: string) => {
    setSplit(next)
    setOffset(0)
  }
  // Samples are followed from the rows that models learn from.
  const pin =
    split === 'train' && !isPlaceholderData
      ? (index: number) => <PinButton dataset={dataset.id} row={offset + index} />
      : null
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
              onChange={change}
            />
          </div>
        )}
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
          onClick={() => setOffset(Math.max(0, offset - limit))}
        >
          <ChevronLeft size={16} aria-hidden="true" />
        </IconButton>
        <IconButton
          label={t('rows.next')}
          disabled={offset + limit >= total}
          onClick={() => setOffset(offset + limit)}
        >
          <ChevronRight size={16} aria-hidden="true" />
        </IconButton>
      </div>
      {error && <EmptyState title={t('rows.failed')} text={error.message} />}
      {!data && !error && <Skeleton lines={6} height={24} />}
      {data && (
        <div className={styles.rows} aria-busy={isPlaceholderData}>
          {image ? (
            <ImageGrid rows={data.rows} image={image} columns={dataset.columns} pin={pin} />
          ) : (
            <RowTable rows={data.rows} columns={dataset.columns} offset={offset} pin={pin} />
          )}
        </div>
      )}
    </div>
  )
}
