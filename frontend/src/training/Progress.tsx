import { useTranslation } from 'react-i18next'
import type { StreamStatus } from '../api/runStream'
import { isEnded } from '../api/streamCursor'
import type { RunDetail } from '../api/types'
import { RunActions } from '../runs/RunActions'
import { fractionDone, type Series } from '../runs/series'
import { StateMark } from '../runs/StateMark'
import { formatDuration, formatNumber } from '../ui/format'
import { FindingsLink } from '../runs/FindingsLink'
import { MetricNumbers } from '../runs/MetricNumbers'
import styles from './TrainingPanel.module.css'
import { ViewSwitch } from './ViewSwitch'

interface ProgressProps {
  run: RunDetail
  series: Series
  status: StreamStatus
}

/** How far a run is, its newest numbers, and what can be done with it. */
export function Progress({ run, series, status }: ProgressProps) {
  const { t } = useTranslation('training')
  const state = series.state ?? run.state
  const share = state === 'finished' ? 1 : fractionDone(series.progress)
  return (
    <section className={styles.progress} aria-label={t('live.label')}>
      <div className={styles.switchRow}>
        <ViewSwitch view="live" hasRun />
        <span aria-live="polite">
          <StateMark state={state} />
        </span>
      </div>
      <Head run={run} series={series} />
      <div
        className={styles.track}
        role="progressbar"
        aria-label={t('live.progress')}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <div className={styles.done} data-state={state} style={{ width: `${share * 100}%` }} />
      </div>
      {status === 'waiting' && !isEnded(state) && <p className={styles.note}>{t('live.waiting')}</p>}
      {status === 'lost' && <p className={styles.note}>{t('live.lost')}</p>}
      {series.stoppedEarly && <p className={styles.note}>{series.stoppedEarly.reason}</p>}
      <Failure run={run} series={series} />
      <FindingsLink run={run.id} findings={series.findings} />
      <MetricNumbers series={series} />
      <RunActions run={run} state={state} />
    </section>
  )
}

function Head({ run, series: { progress, state, epochs } }: Pick<ProgressProps, 'run' | 'series'>) {
  const { t } = useTranslation('training')
  const ended = isEnded(state ?? run.state)
  const time = ended ? formatDuration(epochs.seconds.at(-1)) : formatDuration(progress.secondsLeft)
  const total = progress.epochs || run.epochs
  return (
    <div className={styles.head}>
      <b>{t('live.epoch', { epoch: progress.epoch || run.epochs_done, epochs: total })}</b>
      <span>
        {!ended && progress.stepsPerEpoch > 0 && (
          <>
            {t('live.step', {
              step: formatNumber(progress.step),
              steps: formatNumber(progress.stepsPerEpoch),
            })}
            {' · '}
          </>
        )}
        {ended
          ? epochs.seconds.length > 0 && t('live.took', { time })
          : progress.secondsLeft !== null && t('live.left', { time })}
      </span>
    </div>
  )
}

/** Why a run failed, in the words of the server. */
function Failure({ run, series }: Pick<ProgressProps, 'run' | 'series'>) {
  const state = series.state ?? run.state
  const message = series.failed?.message ?? run.error?.message ?? series.reason
  if (state !== 'failed' || !message) return null
  return (
    <p className={styles.wrong} role="alert">
      {message}
    </p>
  )
}
