import { X } from 'lucide-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { useChangeRun } from '../api/queries'
import type { RunChange, RunDetail } from '../api/types'
import { TextField } from '../ui/TextField'
import styles from './RunPage.module.css'

const LONGEST_TAG = 50
const LONGEST_NOTES = 20_000

/** A person's own words about a run: tags to find it by, and notes. */
export function RunNotes({ run }: { run: RunDetail }) {
  const { t } = useTranslation('runs')
  const id = useId()
  const { mutate } = useChangeRun()
  const change = (argument: RunChange) =>
    mutate({ run: run.id, argument }, { onError: (error) => toast.error(error.message) })
  return (
    <div className={styles.notes}>
      <Tags tags={run.tags} onChange={(tags) => change({ tags })} />
      <label htmlFor={id} className="visually-hidden">
        {t('run.notes')}
      </label>
      <textarea
        key={run.notes}
        id={id}
        className={styles.words}
        defaultValue={run.notes}
        maxLength={LONGEST_NOTES}
        rows={3}
        placeholder={t('run.notesHint')}
        onBlur={({ target }) => target.value !== run.notes && change({ notes: target.value })}
      />
    </div>
  )
}

function Tags({ tags, onChange }: { tags: readonly string[]; onChange: (tags: string[]) => void }) {
  const { t } = useTranslation('runs')
  const [typed, setTyped] = useState('')
  const add = (event: KeyboardEvent) => {
    const tag = typed.trim()
    if (event.key !== 'Enter' || tag === '') return
    if (!tags.includes(tag)) onChange([...tags, tag])
    setTyped('')
  }
  return (
    <div className={styles.tags}>
      {tags.map((tag) => (
        <span key={tag} className={styles.tag}>
          {tag}
          <button
            type="button"
            aria-label={t('run.removeTag', { tag })}
            onClick={() => onChange(tags.filter((one) => one !== tag))}
          >
            <X size={12} aria-hidden="true" />
          </button>
        </span>
      ))}
      <div className={styles.newTag}>
        <TextField
          value={typed}
          onChange={setTyped}
          onKeyDown={add}
          maxLength={LONGEST_TAG}
          placeholder={t('run.addTag')}
          aria-label={t('run.addTag')}
        />
      </div>
    </div>
  )
}
