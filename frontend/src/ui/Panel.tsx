import type { ReactNode } from 'react'
import { cx } from './cx'
import styles from './Panel.module.css'

interface PanelProps {
  title?: ReactNode
  aside?: ReactNode
  className?: string
  children: ReactNode
}

/** A framed part of a page under a heading. */
export function Panel({ title, aside, className, children }: PanelProps) {
  return (
    <section className={cx(styles.panel, className)}>
      {(title !== undefined || aside !== undefined) && (
        <header className={styles.head}>
          <h2 className={styles.title}>{title}</h2>
          {aside}
        </header>
      )}
      {children}
    </section>
  )
}
