import { Pencil } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { Badge } from '../ui/Badge'
import { IconButton } from '../ui/IconButton'
import { TextField } from '../ui/TextField'
import { withTitle, type DatasetEdits } from './datasetEdits'
import styles from './DatasetPage.module.css'

interface TitleFieldProps {
  dataset: DatasetInfo
  edits: DatasetEdits
  onEdit: ((edits: DatasetEdits) => void) | null
}

const LONGEST = 200

/** What a dataset is called, to be changed where it is somebody's own. */
export function TitleField({ dataset, edits, onEdit }: TitleFieldProps) {
  const { t } = useTranslation('data')
  const [isOpen, setIsOpen] = useState(false)
  // Who closes the field by a key is back at the button that opened it.
  const isBack = useRef(false)
  const close = (byKey: boolean) => {
    isBack.current ||= byKey
    setIsOpen(false)
  }
  const title = edits.title ?? dataset.title
  if (onEdit && isOpen) {
    return (
      <TextField
        autoFocus
        className={styles.titleField}
        commit="end"
        maxLength={LONGEST}
        value={title}
        aria-label={t('dataset.title')}
        onChange={(next) => onEdit(withTitle(edits, dataset, next))}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' && event.key !== 'Escape') return
          // Else the button that is focused next would take the key too.
          event.preventDefault()
          close(true)
        }}
        onBlurCapture={() => close(false)}
      />
    )
  }
  return (
    <h1>
      <span data-changed={edits.title !== null}>{title}</span>{' '}
      {dataset.version > 1 && <Badge>{t('card.version', dataset)}</Badge>}{' '}
      {onEdit && (
        <IconButton
          ref={(button) => {
            if (button && isBack.current) button.focus()
            isBack.current = false
          }}
          className={styles.rename}
          label={t('dataset.rename')}
          onClick={() => setIsOpen(true)}
        >
          <Pencil aria-hidden="true" />
        </IconButton>
      )}
    </h1>
  )
}
