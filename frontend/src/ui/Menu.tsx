import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Menu.module.css'

export interface MenuItem {
  label: ReactNode
  icon?: ReactNode
  keys?: string
  hint?: ReactNode
  danger?: boolean
  disabled?: boolean
  onSelect: () => void
}

export interface MenuGroup {
  title?: string
  items: readonly MenuItem[]
}

/** A list of things to do, opened by its child. */
export function Menu({ groups, children }: { groups: readonly MenuGroup[]; children: ReactNode }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      {/* Outside of what opens it: a panel's handle would lie over its items. */}
      <Radix.Portal>
        <Radix.Content className={styles.menu} align="start" sideOffset={6} collisionPadding={8}>
          {groups.map((group, index) => (
            <Radix.Group key={group.title ?? index} className={styles.group}>
              {group.title && <Radix.Label className={styles.title}>{group.title}</Radix.Label>}
              {group.items.map((item, place) => (
                <Item key={place} item={item} />
              ))}
            </Radix.Group>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

function Item({ item }: { item: MenuItem }) {
  return (
    <Radix.Item
      className={styles.item}
      data-danger={item.danger ? '' : undefined}
      disabled={item.disabled ?? false}
      onSelect={item.onSelect}
    >
      <span className={styles.icon} aria-hidden="true">
        {item.icon}
      </span>
      <span className={styles.label}>{item.label}</span>
      {item.hint && <span className={styles.hint}>{item.hint}</span>}
      {item.keys && <kbd className={styles.hint}>{item.keys}</kbd>}
    </Radix.Item>
  )
}
