import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { draftActions, useDraft } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { Field } from '../ui/Field'
import { TextField } from '../ui/TextField'

/** Asks for another name of the project. */
export function RenameDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('app')
  return (
    <Dialog open={open} onClose={onClose} title={t('rename.title')}>
      <Form onClose={onClose} />
    </Dialog>
  )
}

function Form({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('app')
  const current = useDraft((draft) => draft.name)
  const [name, setName] = useState(current)
  const rename = () => {
    if (name.trim() === '') return
    draftActions.setName(name.trim())
    onClose()
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        rename()
      }}
      style={{ display: 'grid', gap: 12, justifyItems: 'end' }}
    >
      <div style={{ width: '100%' }}>
        <Field id="project-name" label={t('rename.name')}>
          <TextField
            id="project-name"
            value={name}
            onChange={setName}
            maxLength={200}
            autoFocus
            onFocus={(event) => event.target.select()}
          />
        </Field>
      </div>
      <Button look="primary" type="submit" disabled={name.trim() === ''}>
        {t('rename.action')}
      </Button>
    </form>
  )
}
