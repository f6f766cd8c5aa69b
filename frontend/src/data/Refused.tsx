import styles from './DatasetPage.module.css'
import { NoteList } from './NoteList'
import type { NotSaved } from './useSaveVersion'

/** Why the server refused, with the places at fault; nothing where it did not. */
export function Refused({ failure }: { failure: NotSaved | null }) {
  if (!failure) return null
  return (
    <div className={styles.refused} role="alert">
      <p>{failure.message}</p>
      <NoteList notes={failure.notes} />
    </div>
  )
}
