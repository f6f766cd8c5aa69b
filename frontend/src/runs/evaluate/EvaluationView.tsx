import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { DatasetInfo, Evaluation, OutputReport, RunDetail } from '../../api/types'
import type { Project } from '../../graph/document'
import { placeMissing } from '../../graph/place'
import { formatNumber } from '../../ui/format'
import { Segments } from '../../ui/Segments'
import { ClassificationView } from './ClassificationView'
import styles from './Evaluate.module.css'
import { Figures } from './Figures'
import { metricFigures, reportFigures } from './headline'
import { RegressionView } from './RegressionView'
import type { Source } from './Samples'

interface EvaluationViewProps {
  run: RunDetail
  evaluation: Evaluation
  dataset: DatasetInfo
  onOpen: (project: Omit<Project, 'id'>) => void
}

/** Everything that an evaluation tells: the metrics, then one output at a time. */
export function EvaluationView({ run, evaluation, dataset, onOpen }: EvaluationViewProps) {
  const { t } = useTranslation('evaluate')
  const names = Object.keys(evaluation.outputs)
  const [chosen, setChosen] = useState(names[0] ?? '')
  const name = names.includes(chosen) ? chosen : (names[0] ?? '')
  const report = evaluation.outputs[name]
  const navigate = useNavigate()
  const trainOn = (id: string) => {
    const recipe = { ...run.recipe, data: { ...run.recipe.data, dataset: id } }
    onOpen({ name: run.name, graph: placeMissing(run.graph), recipe })
    void navigate('/')
  }
  const isOnly = names.length === 1
  const source: Source = {
    question: { run: run.id, dataset: evaluation.dataset, split: evaluation.split, epoch: evaluation.epoch },
    output: name,
    columns: inputColumns(run, dataset),
    target: dataset.columns.find((column) => column.name === run.recipe.data.targets[name]?.[0]),
    onTrainOn: trainOn,
  }
  return (
    <div className={styles.evaluation}>
      <div className={styles.head}>
        <Figures
          label={t('figures.metrics')}
          figures={[
            ...metricFigures(evaluation.metrics),
            ...(isOnly && report ? reportFigures(report, t) : []),
          ]}
        />
        <p className={styles.note}>
          {t('summary', {
            count: evaluation.rows,
            shown: formatNumber(evaluation.rows),
            epoch: evaluation.epoch,
          })}
        </p>
      </div>
      {!isOnly && (
        <Segments
          label={t('output')}
          value={name}
          options={names.map((one) => ({ value: one, label: one }))}
          onChange={setChosen}
        />
      )}
      {report && !isOnly && <Figures label={name} figures={reportFigures(report, t)} />}
      {report && <OutputView key={name} report={report} source={source} />}
    </div>
  )
}

function OutputView({ report, source }: { report: OutputReport; source: Source }) {
  if (report.task === 'classification') return <ClassificationView report={report} source={source} />
  if (report.task === 'regression') return <RegressionView report={report} source={source} />
  return <p className={styles.note}>{report.reason}</p>
}

function inputColumns(run: RunDetail, dataset: DatasetInfo) {
  const names = new Set(Object.values(run.recipe.data.inputs).flat())
  return dataset.columns.filter((column) => names.has(column.name))
}
