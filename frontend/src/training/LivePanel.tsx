import { useMemo } from 'react'
import type { RunDetail } from '../api/types'
import { useLiveRun } from '../runs/liveRuns'
import { MetricCharts } from '../runs/MetricCharts'
import { TryPanel } from '../runs/try/TryPanel'
import { Progress } from './Progress'
import styles from './TrainingPanel.module.css'

/** A run as it happens: how far, how well, and its model to be tried from the first epoch on. */
export function LivePanel({ run }: { run: RunDetail }) {
  const { series, status } = useLiveRun(run.id)
  const outputs = useMemo(() => Object.keys(run.recipe.compile.outputs), [run.recipe])
  const epoch = series.checkpoints.at(-1)?.epoch ?? run.checkpoint_epochs.at(-1) ?? null
  return (
    <div className={styles.live}>
      <Progress run={run} series={series} status={status} />
      <MetricCharts series={series} outputs={outputs} />
      <TryPanel run={run} epoch={epoch} />
    </div>
  )
}
