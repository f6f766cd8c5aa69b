import { ArrowLeft } from 'lucide-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams } from 'react-router'
import { useGraphReport, useRun } from '../api/queries'
import type { RunDetail } from '../api/types'
import { GraphView } from '../editor/GraphView'
import type { Project } from '../graph/document'
import { placeMissing } from '../graph/place'
import { EmptyState } from '../ui/EmptyState'
import { Panel } from '../ui/Panel'
import { Skeleton } from '../ui/Skeleton'
import { EvaluatePanel } from './evaluate/EvaluatePanel'
import { FindingsPanel } from './FindingsPanel'
import { LayersPanel } from './inside/LayersPanel'
import { LearningView } from './LearningView'
import { useLiveRun } from './liveRuns'
import { MetricCharts } from './MetricCharts'
import { checkpointAt } from './pinnedEpoch'
import { PinnedView } from './PinnedView'
import { RunFacts } from './RunFacts'
import { RunHead } from './RunHead'
import styles from './RunPage.module.css'
import { RunSide } from './RunSide'

interface RunPageProps {
  /** Opens a drawing as a new draft. */
  onOpen: (project: Omit<Project, 'id'>) => void
}

/** One run: what was trained and how, how it went, what came of it. The same for one that runs and one that ended. */
export function RunPage({ onOpen }: RunPageProps) {
  const { t } = useTranslation('runs')
  const { run: text = '' } = useParams()
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : null
  const { data: run, error } = useRun(id)
  return (
    <main className={styles.page}>
      <Link to="/runs" className={styles.back}>
        <ArrowLeft size={14} aria-hidden="true" /> {t('page.title')}
      </Link>
      {run && <Story key={run.id} run={run} onOpen={onOpen} />}
      {!run && !error && id !== null && <Skeleton lines={8} height={24} />}
      {(error ?? id === null) && !run && (
        <EmptyState title={t('run.unknown', { id: text })} text={error?.message} />
      )}
    </main>
  )
}

function Story({ run, onOpen }: { run: RunDetail } & RunPageProps) {
  const { t } = useTranslation('runs')
  const { series } = useLiveRun(run.id)
  const { data: report } = useGraphReport(run)
  const outputs = useMemo(() => Object.keys(run.recipe.compile.outputs), [run.recipe])
  // A run that was not made here may say nothing of where its nodes lie.
  const drawing = useMemo(() => placeMissing(run.graph), [run.graph])
  const navigate = useNavigate()
  const fork = (from: number) => {
    const { id, name, recipe } = run
    onOpen({ name, graph: drawing, recipe, weights: { run: id, epoch: from } })
    void navigate('/')
  }
  const epochs = run.checkpoint_epochs
  const epoch = series.checkpoints.at(-1)?.epoch ?? epochs.at(-1) ?? null
  const isMeasured = series.epochs.step.length + series.steps.step.length > 0
  return (
    <>
      <RunHead run={run} series={series} onOpen={onOpen} />
      <FindingsPanel findings={series.findings} />
      <div className={styles.columns}>
        <Panel title={t('run.curves')}>
          <MetricCharts
            series={series}
            outputs={outputs}
            className={isMeasured ? styles.charts : undefined}
          />
        </Panel>
        <RunSide run={run} series={series} epoch={epoch} onFork={fork} />
        <div className={styles.main}>
          <EvaluatePanel run={run} epochs={epochs} onOpen={onOpen} />
          <Panel title={t('run.graph')}>
            <div className={styles.graph}>
              <LearningView graph={drawing} series={series}>
                {(look) => (
                  <PinnedView run={run} epoch={checkpointAt(epochs, look)}>
                    <GraphView graph={drawing} report={report ?? null} />
                  </PinnedView>
                )}
              </LearningView>
            </div>
          </Panel>
          <LayersPanel run={run} epochs={epochs} />
          <Panel title={t('run.recipe')}>
            <RunFacts run={run} />
          </Panel>
        </div>
      </div>
    </>
  )
}
