import { formatPercent } from '../ui/format'
import styles from './ProgressBar.module.css'

export interface ProgressBarProps {
  /** What it is the progress of, read aloud. */
  label: string
  /** What is being done, in a word or two. */
  text: string
  /** From 0 to 1; null while that is not known. */
  share: number | null
}

/** How far long work is, as a bar, in words and in percent. */
export function ProgressBar({ label, text, share }: ProgressBarProps) {
  return (
    <>
      <progress className={styles.bar} aria-label={label} max={1} {...(share !== null && { value: share })} />
      <p className={styles.words}>
        <span>{text}</span>
        {share !== null && <span>{formatPercent(share, 0)}</span>}
      </p>
    </>
  )
}
