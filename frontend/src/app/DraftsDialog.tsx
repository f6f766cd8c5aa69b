import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useDraft } from '../graph/useDraft'
import { Badge } from '../ui/Badge'
import { ConfirmDialog } from '../ui/ConfirmDialog'
import { Dialog } from '../ui/Dialog'
import { IconButton } from '../ui/IconButton'
import { deleteDraft, listDrafts, openDraft, type DraftEntry } from './drafts'
import styles from './DraftsDialog.module.css'

/** Everything that was drawn in this browser, to go back to it. */
export function DraftsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('app')
  return (
    <Dialog open={open} onClose={onClose} title={t('drafts.title')} description={t('drafts.text')}>
      <List onClose={onClose} />
    </Dialog>
  )
}

function List({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('app')
  const current = useDraft((draft) => draft.id)
  const [drafts, setDrafts] = useState(listDrafts)
  const [doomed, setDoomed] = useState<DraftEntry | null>(null)
  const time = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <ul className={styles.list}>
        {drafts.map((draft) => (
          <li key={draft.id} className={styles.row}>
            <button
              type="button"
              className={styles.open}
              onClick={() => {
                openDraft(draft.id)
                onClose()
              }}
            >
              <span className={styles.name}>{draft.name}</span>
              <time dateTime={new Date(draft.at).toISOString()}>{time.format(draft.at)}</time>
            </button>
            {draft.id === current ? (
              <Badge tone="accent">{t('drafts.current')}</Badge>
            ) : (
              <IconButton label={t('drafts.delete', { name: draft.name })} onClick={() => setDoomed(draft)}>
                <Trash2 aria-hidden="true" />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={doomed !== null}
        title={t('drafts.deleteTitle')}
        description={t('drafts.deleteText', { name: doomed?.name })}
        action={t('drafts.deleteAction')}
        danger
        onClose={() => setDoomed(null)}
        onConfirm={() => {
          if (doomed) deleteDraft(doomed.id)
          setDrafts(listDrafts())
        }}
      />
    </>
  )
}
