import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { Button } from '../ui/Button'
import { formatPercent } from '../ui/format'
import { editsOf, NO_EDITS, type ColumnEdits } from './columnEdits'
import styles from './DatasetPage.module.css'
import { Refused } from './Refused'
import { useSaveVersion } from './useSaveVersion'

interface EditBarProps {
  dataset: DatasetInfo
  edits: ColumnEdits
  onEdit: (edits: ColumnEdits) => void
}

/** What was changed and not saved yet: nothing is shown where that is nothing. */
export function EditBar({ dataset, edits, onEdit }: EditBarProps) {
  const { t } = useTranslation('data')
  const { save, isSaving, share, failure } = useSaveVersion(dataset.id)
  const changes = editsOf(edits)
  if (changes.length === 0) return null
  return (
    <section className={styles.edits} aria-label={t('edits.label')}>
      <Refused failure={failure} />
      <div className={styles.editLine}>
        <b>{t('edits.count', { count: changes.length })}</b>
        <span className={styles.soft}>{t('edits.text')}</span>
        <Button look="quiet" disabled={isSaving} onClick={() => onEdit(NO_EDITS)}>
          {t('edits.discard')}
        </Button>
        <Button look="primary" disabled={isSaving} onClick={() => save(changes)}>
          {isSaving ? t('edits.saving', { share: formatPercent(share, 0) }) : t('edits.save')}
        </Button>
      </div>
    </section>
  )
}
