import { useTranslation } from 'react-i18next'
import { Button } from './Button'
import { Dialog } from './Dialog'

interface ConfirmDialogProps {
  open: boolean
  title: string
  description: string
  /** The verb on the button that does it. */
  action: string
  danger?: boolean
  onConfirm: () => void
  onClose: () => void
}

/** Asks before something that can not be undone. */
export function ConfirmDialog({
  open,
  title,
  description,
  action,
  danger = false,
  onConfirm,
  onClose,
}: ConfirmDialogProps) {
  const { t } = useTranslation('ui')
  const confirm = () => {
    onConfirm()
    onClose()
  }
  const actions = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look={danger ? 'danger' : 'primary'} onClick={confirm}>
        {action}
      </Button>
    </>
  )
  return <Dialog open={open} onClose={onClose} title={title} description={description} actions={actions} />
}
