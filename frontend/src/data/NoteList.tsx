import { useTranslation } from 'react-i18next'
import type { Note } from '../api/types'
import { formatNumber } from '../ui/format'
import styles from './NoteList.module.css'

interface NoteListProps {
  notes: readonly Note[]
  /** How many are shown before they are folded. */
  most?: number
}

/** What was found in a file, each with its place: file, row, column. */
export function NoteList({ notes, most = 5 }: NoteListProps) {
  const { t } = useTranslation('data')
  const [shown, folded] = [notes.slice(0, most), notes.slice(most)]
  return (
    <>
      <Notes notes={shown} />
      {folded.length > 0 && (
        <details className={styles.more}>
          <summary>{t('notes.more', { count: folded.length })}</summary>
          <Notes notes={folded.slice(0, MOST)} />
        </details>
      )}
    </>
  )
}

/** More than a person reads; a list of a hundred thousand would hold up the page. */
const MOST = 500

function Notes({ notes }: { notes: readonly Note[] }) {
  const { t } = useTranslation('data')
  const placeOf = ({ file, row, column }: Note) =>
    [
      file,
      row !== null && t('notes.row', { row: formatNumber(row) }),
      column !== null && t('notes.column', { column }),
    ]
      .filter(Boolean)
      .join(', ')
  return (
    <ul className={styles.notes}>
      {notes.map((note, index) => {
        const place = placeOf(note)
        return (
          <li key={index}>
            {place && <span className={styles.place}>{place}</span>} {note.message}
          </li>
        )
      })}
    </ul>
  )
}
