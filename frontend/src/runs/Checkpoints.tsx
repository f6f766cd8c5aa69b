import { Download, GitFork } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { modelUrl } from '../api/models'
import { isEnded } from '../api/streamCursor'
import type { RunDetail } from '../api/types'
import { Badge } from '../ui/Badge'
import { formatBytes, formatMetric } from '../ui/format'
import { IconButton } from '../ui/IconButton'
import { callText } from './describe'
import { spoken } from './metricNames'
import styles from './RunPage.module.css'
import type { Series } from './series'

interface CheckpointsProps {
  run: RunDetail
  series: Series
  /** Opens the run's drawing and settings to be trained on from this epoch. */
  onFork: (epoch: number) => void
}

/** The weights after each epoch, to be taken as a `.keras` file or as a new beginning; the best ones marked. */
export function Checkpoints({ run, series, onFork }: CheckpointsProps) {
  const { t } = useTranslation('runs')
  if (run.checkpoint_epochs.length === 0)
    return <p className={styles.note}>{t(isEnded(run.state) ? 'checkpoints.never' : 'checkpoints.none')}</p>
  const keeping = run.recipe.callbacks.find(({ type }) => type === 'ModelCheckpoint')
  return (
    <>
      <ul className={styles.checkpoints}>
        {run.checkpoint_epochs.toReversed().map((epoch) => (
          <Checkpoint key={epoch} epoch={epoch} run={run} series={series} onFork={onFork} />
        ))}
      </ul>
      {keeping && <p className={styles.note}>{t('checkpoints.kept', { callback: callText(keeping) })}</p>}
    </>
  )
}

function Checkpoint({ epoch, run, series, onFork }: CheckpointsProps & { epoch: number }) {
  const { t } = useTranslation('runs')
  const event = series.checkpoints.find((one) => one.epoch === epoch)
  const value = event && series.epochs.metrics[event.monitor]?.[series.epochs.epoch.indexOf(epoch)]
  const size = event ? formatBytes(event.size_bytes) : '.keras'
  return (
    <li>
      <span>{t('checkpoints.epoch', { epoch })}</span>
      {epoch === run.best_epoch && <Badge tone="good">{t('checkpoints.best')}</Badge>}
      <span className={styles.monitor}>
        {event && value != null && (
          <>
            <span className={epoch === run.best_epoch ? 'visually-hidden' : styles.monitorName}>
              {spoken(event.monitor)}{' '}
            </span>
            {formatMetric(value, 4)}
          </>
        )}
      </span>
      <IconButton label={t('checkpoints.fork', { epoch })} onClick={() => onFork(epoch)}>
        <GitFork size={13} aria-hidden="true" />
      </IconButton>
      <a href={modelUrl(run.id, epoch)} download aria-label={t('checkpoints.download', { epoch, size })}>
        <Download size={13} aria-hidden="true" /> {size}
      </a>
    </li>
  )
}
