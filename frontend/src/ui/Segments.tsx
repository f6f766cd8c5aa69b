import { RadioGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Segments.module.css'

interface SegmentsProps<T extends string> {
  value: T
  options: readonly { value: T; label: ReactNode }[]
  onChange: (value: T) => void
  label: string
}

/** One of a few words side by side. */
export function Segments<T extends string>({ value, options, onChange, label }: SegmentsProps<T>) {
  return (
    <RadioGroup.Root
      className={styles.segments}
      value={value}
      onValueChange={(next) => onChange(next as T)}
      aria-label={label}
      orientation="horizontal"
    >
      {options.map((option) => (
        <RadioGroup.Item key={option.value} value={option.value} className={styles.segment}>
          {option.label}
        </RadioGroup.Item>
      ))}
    </RadioGroup.Root>
  )
}
