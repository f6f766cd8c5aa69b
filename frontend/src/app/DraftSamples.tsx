import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { usePinned, usePinnedRows } from '../data/pinned'
import { ActivationSource } from '../editor/activations'
import { useDraft } from '../graph/useDraft'
import { formatNumber } from '../ui/format'
import { IconButton } from '../ui/IconButton'
import styles from './DraftSamples.module.css'
import { useDraftActivations } from './useDraftActivations'

interface DraftSamplesProps {
  /** The epoch that is looked at, or null for the newest. */
  look: number | null
  /** The canvas, whose nodes then show what they make of the pinned samples. */
  children: ReactNode
}

const NOTHING = {}

/** Pinned samples in the drawing on the canvas: as its newest run has learned to see them, or as it begins. */
export function DraftSamples({ look, children }: DraftSamplesProps) {
  const dataset = useDraft(({ recipe }) => recipe?.data.dataset ?? '')
  const rows = usePinnedRows(dataset)
  const { data, error } = useDraftActivations(rows, look)
  const seen = rows.length > 0 ? data : undefined
  return (
    <div className={styles.view}>
      <ActivationSource value={seen?.nodes ?? NOTHING}>{children}</ActivationSource>
      {rows.length > 0 && (seen ?? error) && (
        <Told
          dataset={dataset}
          rows={rows}
          epoch={seen?.epoch ?? null}
          adapted={seen?.adapted_rows ?? 0}
          failure={seen ? undefined : error?.message}
        />
      )}
    </div>
  )
}

interface ToldProps {
  dataset: string
  rows: readonly number[]
  epoch: number | null
  adapted: number
  failure: string | undefined
}

/** Which samples are seen, and with which weights. */
function Told({ dataset, rows, epoch, adapted, failure }: ToldProps) {
  const { t } = useTranslation(['data', 'app'])
  const { unpin } = usePinned()
  const listed = rows.map((row) => formatNumber(row + 1)).join(', ')
  const when =
    epoch !== null
      ? t('app:samples.after', { epoch })
      : adapted > 0
        ? t('app:samples.adapted', { rows: formatNumber(adapted) })
        : t('app:samples.before')
  return (
    <div className={styles.told} role="status" aria-label={t('data:pinned.label')}>
      {t('app:samples.rows', { count: rows.length, rows: listed })} · {failure ?? when}
      <IconButton label={t('app:samples.unpin')} onClick={() => rows.forEach((row) => unpin(dataset, row))}>
        <X size={12} aria-hidden="true" />
      </IconButton>
    </div>
  )
}
