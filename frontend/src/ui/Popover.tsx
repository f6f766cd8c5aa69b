import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Popover.module.css'

interface PopoverProps {
  label: string
  open: boolean
  onOpenChange: (open: boolean) => void
  /** What opens it. */
  trigger: ReactNode
  children: ReactNode
}

/** A small window beside what opened it; Esc and a click beside it close it. */
export function Popover({ label, open, onOpenChange, trigger, children }: PopoverProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          className={styles.popover}
          aria-label={label}
          align="end"
          sideOffset={6}
          collisionPadding={8}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
