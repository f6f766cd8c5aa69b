import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { formatNumber } from '../ui/format'
import type { DatasetEdits } from './datasetEdits'
import styles from './DatasetPage.module.css'
import { orderOf, rowsLeft, type WindowsEdit } from './windows'

interface WindowsCountProps {
  dataset: DatasetInfo
  edits: DatasetEdits
  windows: WindowsEdit
  /** How many rows of each split get a window. */
  counts: Record<string, number>
}

/** How many windows come of it, of which shape, in which order; or why there can be none. */
export function WindowsCount({ dataset, edits, windows, counts }: WindowsCountProps) {
  const { t } = useTranslation('data')
  const { columns, length, horizon } = windows
  const order = orderOf(dataset, edits)
  const short = Object.keys(counts).find((split) => counts[split] === 0)
  if (columns.length === 0) return <p className={styles.windowsCount}>{t('windows.noColumn')}</p>
  if (short !== undefined) {
    return (
      <p className={styles.windowsCount} role="status">
        {t('windows.tooFew', {
          split: t(`split.${short}`, short),
          rows: formatNumber(rowsLeft(dataset, edits)[short] ?? 0),
          needed: formatNumber(length + horizon),
        })}
      </p>
    )
  }
  const parts = Object.entries(counts).map(
    ([split, count]) => `${formatNumber(count)} ${t(`split.${split}`, split)}`,
  )
  return (
    <p className={styles.windowsCount} role="status">
      {t('windows.count', { parts: parts.join(' · '), length, columns: columns.length })}{' '}
      <span className={styles.soft}>
        {order === null ? t('windows.inFile') : t('windows.inOrder', { column: order })}
      </span>
    </p>
  )
}
