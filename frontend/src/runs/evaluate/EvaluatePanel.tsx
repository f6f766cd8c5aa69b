import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EvaluationQuestion } from '../../api/models'
import { useCancelEvaluation, useEvaluation } from '../../api/evaluationQueries'
import { useDataset } from '../../api/datasetQueries'
import { isEnded } from '../../api/streamCursor'
import type { DatasetInfo, RunDetail, SplitName } from '../../api/types'
import type { Project } from '../../graph/document'
import { Button } from '../../ui/Button'
import { Panel } from '../../ui/Panel'
import { Skeleton } from '../../ui/Skeleton'
import { EpochSelect } from '../inside/EpochSelect'
import { DataSelects } from './DataSelects'
import styles from './Evaluate.module.css'
import { EvaluationView } from './EvaluationView'
import { heldOut } from './splits'
import { Working } from './Working'

interface EvaluatePanelProps {
  run: RunDetail
  /** Epochs whose checkpoints are there, as far as is known by now. */
  epochs: readonly number[]
  onOpen: (project: Omit<Project, 'id'>) => void
}

/** How well the model of a run does on rows with known answers. Nothing is computed before a person asks for it. */
export function EvaluatePanel({ run, epochs, onOpen }: EvaluatePanelProps) {
  const { t } = useTranslation('evaluate')
  const { data: dataset } = useDataset(run.dataset)
  const newest = epochs.at(-1)
  if (newest === undefined)
    return (
      <Panel title={t('title')}>
        <p className={styles.note}>{t(isEnded(run.state) ? 'never' : 'none')}</p>
      </Panel>
    )
  if (!dataset)
    return (
      <Panel title={t('title')}>
        <Skeleton lines={2} height={22} />
      </Panel>
    )
  return <Chosen run={run} epochs={epochs} onOpen={onOpen} newest={newest} dataset={dataset} />
}

function Chosen({
  run,
  epochs,
  onOpen,
  newest,
  dataset: own,
}: EvaluatePanelProps & { newest: number; dataset: DatasetInfo }) {
  const { t } = useTranslation('evaluate')
  const [epoch, setEpoch] = useState<number | null>(null)
  const [dataset, setDataset] = useState(own)
  const [split, setSplit] = useState<SplitName>(() => heldOut(run, own))
  const shown = epoch !== null && epochs.includes(epoch) ? epoch : newest
  const change = (next: DatasetInfo) => {
    setDataset(next)
    setSplit(heldOut(run, next))
  }
  const aside = (
    <div className={styles.choices}>
      <DataSelects run={run} dataset={dataset} split={split} onDataset={change} onSplit={setSplit} />
      <div className={styles.choice}>
        <EpochSelect epochs={epochs} best={run.best_epoch} value={shown} onChange={setEpoch} />
      </div>
    </div>
  )
  return (
    <Panel title={t('title')} aside={aside}>
      <Asked
        run={run}
        question={{ run: run.id, dataset: dataset.id, split, epoch: shown }}
        dataset={dataset}
        onOpen={onOpen}
      />
    </Panel>
  )
}

interface AskedProps {
  run: RunDetail
  question: EvaluationQuestion
  dataset: DatasetInfo
  onOpen: (project: Omit<Project, 'id'>) => void
}

/** The evaluation once a person has asked for one; from then on every other choice is answered at once. */
function Asked({ run, question, dataset, onOpen }: AskedProps) {
  const { t } = useTranslation('evaluate')
  const [wanted, setWanted] = useState(false)
  const cancel = useCancelEvaluation(question)
  const { data, error } = useEvaluation(question, wanted)
  if (data) return <EvaluationView run={run} evaluation={data} dataset={dataset} onOpen={onOpen} />
  const stop = () => {
    setWanted(false)
    cancel()
  }
  if (wanted && !error) return <Working question={question} onCancel={stop} />
  return (
    <div className={styles.intro}>
      <p className={styles.note} role={error ? 'alert' : undefined} data-wrong={error !== null}>
        {error ? error.message : t('intro')}
      </p>
      {!error && (
        <Button look="primary" onClick={() => setWanted(true)}>
          {t('start')}
        </Button>
      )}
    </div>
  )
}
