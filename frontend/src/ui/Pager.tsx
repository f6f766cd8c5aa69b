import { ChevronLeft, ChevronRight } from 'lucide-react'
import { IconButton } from './IconButton'
import styles from './Pager.module.css'

interface PagerProps {
  /** The number of the first thing shown, from 0. */
  offset: number
  /** How many are shown at once. */
  size: number
  total: number
  onChange: (offset: number) => void
  /** Where in the whole this is, in words. */
  place: string
  previous: string
  next: string
}

/** Steps through a long list a page at a time. */
export function Pager({ offset, size, total, onChange, place, previous, next }: PagerProps) {
  return (
    <div className={styles.pager}>
      <span className={styles.place} aria-live="polite">
        {place}
      </span>
      <IconButton
        label={previous}
        disabled={offset === 0}
        onClick={() => onChange(Math.max(0, offset - size))}
      >
        <ChevronLeft size={16} aria-hidden="true" />
      </IconButton>
      <IconButton label={next} disabled={offset + size >= total} onClick={() => onChange(offset + size)}>
        <ChevronRight size={16} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
