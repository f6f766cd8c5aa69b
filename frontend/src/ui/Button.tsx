import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './Button.module.css'
import { cx } from './cx'

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary` is the one action of a place; `danger` destroys; `quiet` has no frame. */
  look?: 'primary' | 'plain' | 'quiet' | 'danger'
  size?: 'small' | 'medium'
  icon?: ReactNode
  ref?: Ref<HTMLButtonElement>
}

/** A button with a text, and an icon before it if given. */
export function Button({ look = 'plain', size = 'medium', icon, className, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={cx(styles.button, styles[look], styles[size], className)} {...rest}>
      {icon}
      {children}
    </button>
  )
}
