import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { cx } from './cx'
import styles from './Tabs.module.css'

export interface Tab<T extends string> {
  value: T
  label: ReactNode
  content: ReactNode
}

interface TabsProps<T extends string> {
  value: T
  tabs: readonly Tab<T>[]
  onChange: (value: T) => void
  label: string
  /** At the right end of the row of tabs. */
  aside?: ReactNode
  className?: string
}

/** A row of tabs over the content of the chosen one. */
export function Tabs<T extends string>({ value, tabs, onChange, label, aside, className }: TabsProps<T>) {
  return (
    <Radix.Root
      className={cx(styles.tabs, className)}
      value={value}
      onValueChange={(next) => onChange(next as T)}
    >
      <div className={styles.row}>
        <Radix.List className={styles.list} aria-label={label}>
          {tabs.map((tab) => (
            <Radix.Trigger key={tab.value} value={tab.value} className={styles.tab}>
              {tab.label}
            </Radix.Trigger>
          ))}
        </Radix.List>
        {aside}
      </div>
      {tabs.map((tab) => (
        <Radix.Content key={tab.value} value={tab.value} className={styles.content} tabIndex={-1}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
