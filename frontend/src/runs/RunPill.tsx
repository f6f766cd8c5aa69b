import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useRuns } from '../api/queries'
import type { RunSummary } from '../api/types'
import { formatDuration } from '../ui/format'
import { useLiveRun } from './liveRuns'
import { fractionDone } from './series'
import styles from './RunPill.module.css'

/** The run in progress, from everywhere; nothing while none is. */
export function RunPill() {
  const runs = useRuns().data?.runs ?? []
  const atWork =
    runs.find(({ state }) => state === 'running') ?? runs.findLast(({ state }) => state === 'queued')
  return atWork ? <Pill key={atWork.id} run={atWork} /> : null
}

function Pill({ run }: { run: RunSummary }) {
  const { t } = useTranslation('runs')
  const { progress, state } = useLiveRun(run.id).series
  const epochs = progress.epochs || run.epochs
  const isRunning = (state ?? run.state) === 'running' && progress.epoch > 0
  const words = isRunning
    ? t('pill.epoch', { epoch: progress.epoch, epochs })
    : t(`state.${state ?? run.state}`)
  return (
    <Link to={`/runs/${run.id}`} className={styles.pill} title={run.name}>
      <span
        className={styles.done}
        style={{ width: `${fractionDone(progress) * 100}%` }}
        aria-hidden="true"
      />
      <b>{t('pill.run', { id: run.id })}</b>
      <span>{words}</span>
      {isRunning && progress.secondsLeft !== null && <span>· {formatDuration(progress.secondsLeft)}</span>}
    </Link>
  )
}
