import { useTranslation } from 'react-i18next'
import type { RunDetail } from '../api/types'
import { Panel } from '../ui/Panel'
import { Checkpoints } from './Checkpoints'
import { MetricNumbers } from './MetricNumbers'
import { Reproduce } from './Reproduce'
import { RunNotes } from './RunNotes'
import styles from './RunPage.module.css'
import type { Series } from './series'
import { PredictFile } from './try/PredictFile'
import { TryPanel } from './try/TryPanel'

interface RunSideProps {
  run: RunDetail
  series: Series
  /** Epoch of the newest checkpoint, or null before the first. */
  epoch: number | null
  /** Opens the run's drawing and settings to be trained on from this epoch. */
  onFork: (epoch: number) => void
}

/** What came of a run, beside its curves: its numbers, the model to be asked, its checkpoints, its notes. */
export function RunSide({ run, series, epoch, onFork }: RunSideProps) {
  const { t } = useTranslation('runs')
  const isMeasured = series.epochs.step.length + series.steps.step.length > 0
  return (
    <div className={styles.side}>
      {isMeasured && (
        <Panel title={t('run.numbers')}>
          <MetricNumbers series={series} />
        </Panel>
      )}
      <Panel>
        <TryPanel run={run} epoch={epoch} />
        {epoch !== null && <PredictFile run={run} epoch={epoch} />}
      </Panel>
      <Panel title={t('run.checkpoints')}>
        <Checkpoints run={run} series={series} onFork={onFork} />
      </Panel>
      <Panel title={t('reproduce.title')}>
        <Reproduce run={run.id} state={series.state ?? run.state} epochs={run.epochs_done} />
      </Panel>
      <Panel title={t('run.notes')}>
        <RunNotes run={run} />
      </Panel>
    </div>
  )
}
