import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useDataset } from '../api/datasetQueries'
import type { DatasetInfo } from '../api/types'
import type { Recipe } from '../graph/document'
import { draftActions, useDraft } from '../graph/useDraft'
import { useReport } from '../graph/useReport'
import { formatNumber } from '../ui/format'
import { Skeleton } from '../ui/Skeleton'
import { endsOf, shapeInto } from './binding'
import styles from './DataPanel.module.css'
import { DatasetChips } from './DatasetChips'
import { DatasetSelect } from './DatasetSelect'
import { InputBinding } from './InputBinding'
import { SplitFields } from './SplitFields'
import { TargetBinding } from './TargetBinding'
import { AddDataButton } from './upload/AddDataButton'
import type { OpenProject } from './useStartFrom'

/** The Data tab: which dataset, and which of its columns feed which Input and Output. */
export function DataPanel({ onOpen }: { onOpen: OpenProject }) {
  const { t } = useTranslation('data')
  const recipe = useDraft((draft) => draft.recipe)
  const { data: dataset } = useDataset(recipe?.data.dataset)
  return (
    <div className={styles.panel}>
      <section className={styles.column}>
        <h2>{t('panel.dataset')}</h2>
        <DatasetSelect value={recipe?.data.dataset ?? null} />
        {dataset && <About dataset={dataset} />}
        {!recipe && <p className={styles.help}>{t('panel.none')}</p>}
        {!recipe && <DatasetChips onOpen={onOpen} />}
        <div>
          <AddDataButton place="drawing" look="plain" size="small" />
        </div>
      </section>
      {recipe && dataset && (
        <section className={styles.column}>
          <h2>{t('panel.split')}</h2>
          <SplitFields recipe={recipe} dataset={dataset} />
        </section>
      )}
      {recipe && !dataset && <Skeleton lines={4} height={20} />}
      {recipe && dataset && <Inputs recipe={recipe} dataset={dataset} />}
      {recipe && dataset && <Targets recipe={recipe} dataset={dataset} />}
    </div>
  )
}

interface PartProps {
  recipe: Recipe
  dataset: DatasetInfo
}

function About({ dataset }: Pick<PartProps, 'dataset'>) {
  const { t } = useTranslation('data')
  const splits = Object.entries(dataset.rows).map(
    ([split, rows]) => `${formatNumber(rows)} ${t(`split.${split}`, split)}`,
  )
  return (
    <p className={styles.help}>
      {splits.join(' · ')} · <Link to={`/data/${dataset.id}`}>{t('panel.look')}</Link>
    </p>
  )
}

function Inputs({ recipe, dataset }: PartProps) {
  const { t } = useTranslation('data')
  const graph = useDraft((draft) => draft.graph)
  const problems = useReport()?.problems ?? []
  const ends = endsOf(graph, 'Input')
  return (
    <section className={styles.column}>
      <h2>{t('panel.inputs')}</h2>
      {ends.length === 0 && <p className={styles.help}>{t('panel.noInput')}</p>}
      {ends.map((end) => (
        <InputBinding
          key={end.id}
          end={end}
          dataset={dataset}
          bound={recipe.data.inputs[end.name] ?? []}
          problems={problems}
          onChange={(columns) => draftActions.setRecipe(['data', 'inputs', end.name], columns)}
        />
      ))}
    </section>
  )
}

function Targets({ recipe, dataset }: PartProps) {
  const { t } = useTranslation('data')
  const graph = useDraft((draft) => draft.graph)
  const report = useReport()
  const ends = endsOf(graph, 'Output')
  return (
    <section className={styles.column}>
      <h2>{t('panel.outputs')}</h2>
      {ends.length === 0 && <p className={styles.help}>{t('panel.noOutput')}</p>}
      {ends.map((end) => (
        <TargetBinding
          key={end.id}
          end={end}
          dataset={dataset}
          recipe={recipe}
          shape={shapeInto(graph, report, end.id)}
          problems={report?.problems ?? []}
        />
      ))}
    </section>
  )
}
