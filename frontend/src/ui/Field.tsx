import type { ReactNode } from 'react'
import styles from './Field.module.css'

interface FieldProps {
  /** The id of the control that the label names. */
  id: string
  label: ReactNode
  /** At the right end of the label: a reset button, a unit. */
  aside?: ReactNode
  help?: ReactNode
  error?: ReactNode
  children: ReactNode
}

/** A control under its label, with a help text or what is wrong with it. */
export function Field({ id, label, aside, help, error, children }: FieldProps) {
  return (
    <div className={styles.field}>
      <div className={styles.head}>
        <label htmlFor={id} className={styles.label}>
          {label}
        </label>
        {aside}
      </div>
      {children}
      {help && <p className={styles.help}>{help}</p>}
      {error && (
        <div className={styles.error} id={`${id}-error`}>
          {error}
        </div>
      )}
    </div>
  )
}
