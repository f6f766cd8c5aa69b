import { Pin, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useActivations } from '../api/modelQueries'
import type { RunDetail } from '../api/types'
import { usePinned } from '../data/pinned'
import { ActivationSource } from '../editor/activations'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { NumberField } from '../ui/NumberField'
import styles from './PinnedView.module.css'

interface PinnedViewProps {
  run: RunDetail
  /** Epoch whose weights are meant, or null before the first checkpoint. */
  epoch: number | null
  children: ReactNode
}

const NONE: readonly number[] = []

/** Samples that are followed through the drawing of a run, over the drawing that shows them in its nodes. */
export function PinnedView({ run, epoch, children }: PinnedViewProps) {
  const { t } = useTranslation('runs')
  const { dataset } = run
  const rows = usePinned(({ byDataset }) => byDataset[dataset] ?? NONE)
  const { pin, unpin } = usePinned()
  const [next, setNext] = useState(1)
  const { data, error } = useActivations(run.id, epoch, rows)
  const seen = rows.length > 0 && data ? data.nodes : NOTHING
  return (
    <div className={styles.view}>
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
        <Button
          size="small"
          icon={<Pin size={12} aria-hidden="true" />}
          onClick={() => pin(dataset, next - 1)}
        >
          {t('pinned.pin')}
        </Button>
        {error && rows.length > 0 && <span role="alert">{error.message}</span>}
      </div>
      <div className={styles.drawing}>
        <ActivationSource value={seen}>{children}</ActivationSource>
      </div>
    </div>
  )
}

const NOTHING = {}
