import { Dialog as Radix } from 'radix-ui'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from './cx'
import styles from './Dialog.module.css'
import { IconButton } from './IconButton'

interface DialogProps {
  open: boolean
  onClose: () => void
  title: string
  description?: ReactNode
  size?: 'small' | 'wide'
  /** Buttons at the lower right. */
  actions?: ReactNode
  children?: ReactNode
}

/** A window over the page; Esc and a click beside it close it. */
export function Dialog({
  open,
  onClose,
  title,
  description,
  size = 'small',
  actions,
  children,
}: DialogProps) {
  const { t } = useTranslation('ui')
  return (
    <Radix.Root open={open} onOpenChange={(next) => !next && onClose()}>
      <Radix.Portal>
        <Radix.Overlay className={styles.scrim} />
        <Radix.Content
          className={cx(styles.dialog, styles[size])}
          onOpenAutoFocus={focusFirst}
          {...(description ? {} : { 'aria-describedby': undefined })}
        >
          <div className={styles.head}>
            <Radix.Title className={styles.title}>{title}</Radix.Title>
            <Radix.Close asChild>
              <IconButton label={t('close')}>
                <X aria-hidden="true" />
              </IconButton>
            </Radix.Close>
          </div>
          {description && <Radix.Description className={styles.description}>{description}</Radix.Description>}
          {children && <div className={styles.body}>{children}</div>}
          {actions && <div className={styles.actions}>{actions}</div>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** Puts the focus on the first field, else on the window itself: not on its close button, whose tooltip would open. */
function focusFirst(event: Event): void {
  if (!(event.currentTarget instanceof HTMLElement)) return
  event.preventDefault()
  const field = event.currentTarget.querySelector<HTMLElement>('input, textarea, select')
  ;(field ?? event.currentTarget).focus()
}
