import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { cx } from './cx'

export type Tone = 'neutral' | 'accent' | 'good' | 'warn' | 'bad'

/** A word or a count in a small coloured frame. */
export function Badge({ tone = 'neutral', children }: { tone?: Tone; children: ReactNode }) {
  return <span className={cx(styles.badge, styles[tone])}>{children}</span>
}
