import { cx } from './cx'
import styles from './Bars.module.css'

export interface Bar {
  label: string
  /** Between 0 and 1. */
  share: number
  /** The value in words, at the right end. */
  text: string
}

interface BarsProps {
  bars: readonly Bar[]
  /** The bar to set apart, by its place. */
  marked?: number
  label: string
}

/** Horizontal bars with their label before and their value after. */
export function Bars({ bars, marked, label }: BarsProps) {
  return (
    <ol className={styles.bars} aria-label={label}>
      {bars.map((bar, index) => (
        <li key={bar.label} className={cx(styles.bar, index === marked && styles.marked)}>
          <span className={styles.label}>{bar.label}</span>
          <span className={styles.track} aria-hidden="true">
            <span
              className={styles.fill}
              style={{ width: `${Math.max(0, Math.min(1, bar.share)) * 100}%` }}
            />
          </span>
          <span className={styles.text}>{bar.text}</span>
        </li>
      ))}
    </ol>
  )
}
