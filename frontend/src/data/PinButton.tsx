import { Pin } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx'
import styles from './PinButton.module.css'
import { usePinned, usePinnedRows } from './pinned'

/** Pins one row of the training split, or lets it go. */
export function PinButton({ dataset, row, className }: { dataset: string; row: number; className?: string }) {
  const { t } = useTranslation('data')
  const isPinned = usePinnedRows(dataset).includes(row)
  const { pin, unpin } = usePinned()
  return (
    <button
      type="button"
      className={cx(styles.pin, className)}
      aria-pressed={isPinned}
      aria-label={t('pinned.pinRow', { row: row + 1 })}
      title={t('pinned.hint')}
      onClick={() => (isPinned ? unpin : pin)(dataset, row)}
    >
      <Pin size={13} aria-hidden="true" />
    </button>
  )
}
