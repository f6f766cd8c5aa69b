import { Pin, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { NumberField } from '../ui/NumberField'
import styles from './PinBar.module.css'
import { usePinned, usePinnedRows } from './pinned'

/** The samples of a dataset that are followed through drawings: those there are, and one more by the number of its row. */
export function PinBar({ dataset }: { dataset: string }) {
  const { t } = useTranslation('data')
  const rows = usePinnedRows(dataset)
  const { pin, unpin } = usePinned()
  const [next, setNext] = useState(1)
  return (
    <div className={styles.bar} role="group" aria-label={t('pinned.label')}>
      <span>{t('pinned.label')}</span>
      {rows.map((row) => (
        <span key={row} className={styles.pin}>
          {t('pinned.row', { row: row + 1 })}
          <IconButton label={t('pinned.remove', { row: row + 1 })} onClick={() => unpin(dataset, row)}>
            <X size={12} aria-hidden="true" />
          </IconButton>
        </span>
      ))}
      <div className={styles.next}>
        <NumberField
          aria-label={t('pinned.next')}
          value={next}
          minimum={1}
          integer
          onChange={(row) => setNext(row ?? 1)}
        />
      </div>
      <Button size="small" icon={<Pin size={12} aria-hidden="true" />} onClick={() => pin(dataset, next - 1)}>
        {t('pinned.pin')}
      </Button>
    </div>
  )
}
