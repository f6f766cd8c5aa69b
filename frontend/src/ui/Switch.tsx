import { Switch as Radix } from 'radix-ui'
import styles from './Switch.module.css'

interface SwitchProps {
  id?: string
  checked: boolean
  onChange: (checked: boolean) => void
  disabled?: boolean
  'aria-label'?: string
}

/** On or off. */
export function Switch({ checked, onChange, ...rest }: SwitchProps) {
  return (
    <Radix.Root className={styles.switch} checked={checked} onCheckedChange={onChange} {...rest}>
      <Radix.Thumb className={styles.thumb} />
    </Radix.Root>
  )
}
