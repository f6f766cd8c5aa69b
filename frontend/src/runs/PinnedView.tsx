import type { ReactNode } from 'react'
import { useActivations } from '../api/modelQueries'
import type { RunDetail } from '../api/types'
import { PinBar } from '../data/PinBar'
import { usePinnedRows } from '../data/pinned'
import { ActivationSource } from '../editor/activations'
import styles from './PinnedView.module.css'

interface PinnedViewProps {
  run: RunDetail
  /** Epoch whose weights are meant, or null before the first checkpoint. */
  epoch: number | null
  children: ReactNode
}

/** Samples that are followed through the drawing of a run, over the drawing that shows them in its nodes. */
export function PinnedView({ run, epoch, children }: PinnedViewProps) {
  const rows = usePinnedRows(run.dataset)
  const { data, error } = useActivations(run.id, epoch, rows)
  const seen = rows.length > 0 && data ? data.nodes : NOTHING
  return (
    <div className={styles.view}>
      <div className={styles.bar}>
        <PinBar dataset={run.dataset} />
        {error && rows.length > 0 && <span role="alert">{error.message}</span>}
      </div>
      <div className={styles.drawing}>
        <ActivationSource value={seen}>{children}</ActivationSource>
      </div>
    </div>
  )
}

const NOTHING = {}
