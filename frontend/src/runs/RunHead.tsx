import { PencilRuler } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { toast } from 'sonner'
import { useChangeRun } from '../api/queries'
import type { RunDetail } from '../api/types'
import type { Project } from '../graph/document'
import { placeMissing } from '../graph/place'
import { Button } from '../ui/Button'
import { formatDuration, formatNumber } from '../ui/format'
import { TextField } from '../ui/TextField'
import { BoardLink } from './BoardLink'
import { AgainButton } from './AgainButton'
import { RunActions } from './RunActions'
import { duration } from './runList'
import styles from './RunPage.module.css'
import { fractionDone, type Series } from './series'
import { StateMark } from './StateMark'
import { useNow } from './useNow'

interface RunHeadProps {
  run: RunDetail
  series: Series
  onOpen: (project: Omit<Project, 'id'>) => void
}

const LONGEST_NAME = 200

/** A run's name, state and size, and what can be done with it. */
export function RunHead({ run, series, onOpen }: RunHeadProps) {
  const { t } = useTranslation('runs')
  const navigate = useNavigate()
  const change = useChangeRun()
  const state = series.state ?? run.state
  const now = useNow([{ state }])
  const rename = (name: string) => {
    if (name.trim() === '') return
    change.mutate(
      { run: run.id, argument: { name: name.trim() } },
      { onError: (error) => toast.error(error.message) },
    )
  }
  const open = () => {
    onOpen({ name: run.name, graph: placeMissing(run.graph), recipe: run.recipe })
    void navigate('/')
  }
  return (
    <header className={styles.head}>
      <div className={styles.titleRow}>
        <h1 className="visually-hidden">{run.name}</h1>
        <TextField
          className={styles.name}
          value={run.name}
          commit="end"
          maxLength={LONGEST_NAME}
          aria-label={t('run.name')}
          onChange={rename}
        />
        <RunActions run={run} state={state} />
        <BoardLink run={run.id} state={state} />
        <AgainButton run={run} />
        <Button size="small" icon={<PencilRuler size={13} aria-hidden="true" />} onClick={open}>
          {t('run.open')}
        </Button>
      </div>
      <p className={styles.facts} aria-live="polite">
        <span>{t('pill.run', { id: run.id })}</span>
        <StateMark state={state} />
        <Link to={`/data/${run.dataset}`}>{run.dataset}</Link>
        <span>{t('run.epochs', { done: series.progress.epoch || run.epochs_done, epochs: run.epochs })}</span>
        <span>{t('run.parameters', { count: run.parameters, shown: formatNumber(run.parameters) })}</span>
        <span>{formatDuration(duration(run, now))}</span>
        {state === 'queued' && run.position !== null && (
          <span>{t('queue.position', { position: run.position })}</span>
        )}
        {run.from_run !== null && (
          <Link to={`/runs/${run.from_run}`}>
            {t('run.from', { run: run.from_run, epoch: run.from_epoch })}
          </Link>
        )}
        {run.attempt > 1 && <span>{t('run.attempt', { attempt: run.attempt })}</span>}
      </p>
      {state === 'running' && (
        <div className={styles.track}>
          <div className={styles.done} style={{ width: `${fractionDone(series.progress) * 100}%` }} />
        </div>
      )}
      <Reason run={run} series={series} />
    </header>
  )
}

/** Why a run ended before its time, waits again, or is paused though nobody asked for it. */
function Reason({ run, series }: Pick<RunHeadProps, 'run' | 'series'>) {
  const state = series.state ?? run.state
  if (state === 'failed') {
    const message = series.failed?.message ?? run.error?.message ?? series.reason
    return message ? (
      <p className={styles.wrong} role="alert">
        {message}
      </p>
    ) : null
  }
  const note = series.stoppedEarly?.reason ?? (state === 'finished' ? null : series.reason)
  return note ? <p className={styles.note}>{note}</p> : null
}
