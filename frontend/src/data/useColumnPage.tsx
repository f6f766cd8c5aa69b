import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column } from '../api/types'
import { formatNumber } from '../ui/format'
import { Pager } from '../ui/Pager'
import { TextField } from '../ui/TextField'
import styles from './ColumnTable.module.css'

/** Some of a dataset's columns, and what finds and turns to the others; null where all of them are there. */
export function useColumnPage(
  columns: readonly Column[],
  size: number,
): { shown: readonly Column[]; tools: ReactNode } {
  const { t } = useTranslation('data')
  const [query, setQuery] = useState('')
  const [offset, setOffset] = useState(0)
  if (columns.length <= size) return { shown: columns, tools: null }
  const wanted = query.trim().toLowerCase()
  const found = wanted === '' ? columns : columns.filter(({ name }) => name.toLowerCase().includes(wanted))
  const tools = (
    <div className={styles.tools}>
      <TextField
        className={styles.find}
        value={query}
        aria-label={t('column.find')}
        placeholder={t('column.find')}
        onChange={(next) => {
          setQuery(next)
          setOffset(0)
        }}
      />
      <Pager
        offset={offset}
        size={size}
        total={found.length}
        onChange={setOffset}
        previous={t('column.previous')}
        next={t('column.next')}
        place={t('rows.place', {
          first: formatNumber(Math.min(offset + 1, found.length)),
          last: formatNumber(Math.min(offset + size, found.length)),
          total: formatNumber(found.length),
        })}
      />
    </div>
  )
  return { shown: found.slice(offset, offset + size), tools }
}
