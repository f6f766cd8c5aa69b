import { Check, CircleDashed, LoaderCircle, Pause, Square, TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RunState } from '../api/types'
import styles from './StateMark.module.css'

const ICONS = {
  queued: CircleDashed,
  running: LoaderCircle,
  paused: Pause,
  finished: Check,
  stopped: Square,
  failed: TriangleAlert,
} as const satisfies Record<RunState, unknown>

/** A run's state by shape, word and colour. */
export function StateMark({ state }: { state: RunState }) {
  const { t } = useTranslation('runs')
  const Icon = ICONS[state]
  return (
    <span className={styles.mark} data-state={state}>
      <Icon size={14} aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  )
}
