import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { cx } from './cx'
import styles from './IconButton.module.css'
import { Tooltip } from './Tooltip'

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** What it does: read aloud, and shown as a tooltip. */
  label: string
  /** Keys that do the same, shown in the tooltip. */
  keys?: string
  pressed?: boolean
  ref?: Ref<HTMLButtonElement>
  children: ReactNode
}

/** A square button that shows only an icon. */
export function IconButton({ label, keys, pressed, className, children, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(keys ? { keys } : {})}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={cx(styles.button, className)}
        {...rest}
      >
        {children}
      </button>
    </Tooltip>
  )
}
