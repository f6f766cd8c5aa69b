import { Select as Radix } from 'radix-ui'
import { Check, ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import control from './control.module.css'
import { cx } from './cx'
import styles from './Select.module.css'

export interface SelectOption<T extends string> {
  value: T
  label: ReactNode
  /** A word on the right, softer. */
  hint?: ReactNode
}

export interface SelectProps<T extends string> {
  id?: string
  value: T | null
  options: readonly SelectOption<T>[]
  onChange: (value: T) => void
  placeholder?: string
  disabled?: boolean
  invalid?: boolean
  className?: string
  'aria-label'?: string
  'aria-describedby'?: string
}

const EMPTY = '\u0000'

/** One of a closed list. A value outside the list is shown as it is, so that nothing is hidden. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { id, value, options, onChange, placeholder, disabled, invalid, className, ...aria } = props
  const known = value === null || options.some((option) => option.value === value)
  const all = known ? options : [{ value, label: value }, ...options]
  return (
    <Radix.Root
      value={value === null ? '' : coded(value)}
      disabled={disabled ?? false}
      onValueChange={(next) => onChange(decoded(next) as T)}
    >
      <Radix.Trigger
        id={id}
        className={cx(control.control, styles.trigger, className)}
        aria-invalid={invalid}
        {...aria}
      >
        <span className={styles.value}>
          <Radix.Value placeholder={<span className={styles.placeholder}>{placeholder}</span>} />
        </span>
        <Radix.Icon className={styles.icon}>
          <ChevronDown size={14} aria-hidden="true" />
        </Radix.Icon>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.content} position="popper" sideOffset={4} collisionPadding={8}>
          <Radix.Viewport className={styles.viewport}>
            {all.map((option) => (
              <Radix.Item key={option.value} value={coded(option.value)} className={styles.item}>
                <Radix.ItemIndicator className={styles.mark}>
                  <Check size={13} aria-hidden="true" />
                </Radix.ItemIndicator>
                <Radix.ItemText>{option.label}</Radix.ItemText>
                {option.hint !== undefined && <span className={styles.hint}>{option.hint}</span>}
              </Radix.Item>
            ))}
          </Radix.Viewport>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** The list may hold the empty text, which Radix keeps for "nothing chosen". */
function coded(value: string): string {
  return value === '' ? EMPTY : value
}

function decoded(value: string): string {
  return value === EMPTY ? '' : value
}
