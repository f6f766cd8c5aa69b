import control from './control.module.css'
import { cx } from './cx'
import styles from './NativeSelect.module.css'

interface NativeSelectProps<T extends string> {
  id?: string
  value: T
  options: readonly { value: T; label: string }[]
  onChange: (value: T) => void
  disabled?: boolean
  className?: string
  'aria-label'?: string
}

/** One of a closed list as the browser itself draws it: light enough for a table with hundreds of them. */
export function NativeSelect<T extends string>(props: NativeSelectProps<T>) {
  const { options, onChange, className, ...rest } = props
  return (
    <select
      className={cx(control.control, styles.select, className)}
      onChange={(event) => onChange(event.target.value as T)}
      {...rest}
    >
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}
