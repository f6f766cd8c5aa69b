import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { endsOf } from '../data/binding'
import type { Catalog } from '../graph/catalog'
import type { KerasObject, OutputRecipe, Recipe } from '../graph/document'
import type { JsonValue } from '../graph/json'
import { useDraft } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { NumberPart, type RecipePartProps } from './FitFields'
import { KerasObjectField } from './KerasObjectField'
import styles from './RecipeForm.module.css'

type OutputFieldsProps = RecipePartProps & { catalog: Catalog | undefined }

/** Loss, its weight and the metrics, for every Output of the drawing. */
export function OutputFields(props: OutputFieldsProps) {
  const { t } = useTranslation('training')
  const graph = useDraft((draft) => draft.graph)
  const names = endsOf(graph, 'Output').map(({ name }) => name)
  if (names.length === 0) return <p className={styles.help}>{t('form.noOutput')}</p>
  return names.map((name) => <OneOutput key={name} {...props} name={name} isOnly={names.length === 1} />)
}

const UNJUDGED: Pick<OutputRecipe, 'loss_weight' | 'metrics'> = { loss_weight: 1, metrics: [] }
const MOST_WEIGHT = 1e6

function OneOutput({
  recipe,
  catalog,
  problems,
  set,
  name,
  isOnly,
}: OutputFieldsProps & { name: string; isOnly: boolean }) {
  const { t } = useTranslation('training')
  const path = ['compile', 'outputs', name]
  const judged = recipe.compile.outputs[name]
  const setLoss = (loss: KerasObject) => set(path, { ...UNJUDGED, ...judged, loss } as unknown as JsonValue)
  return (
    <fieldset className={styles.output}>
      <legend className={isOnly ? 'visually-hidden' : styles.legend}>{name}</legend>
      <KerasObjectField
        label={t('form.loss')}
        entries={catalog?.losses ?? []}
        value={judged?.loss ?? null}
        path={judged ? [...path, 'loss'] : path}
        problems={problems}
        onChange={setLoss}
      />
      {judged && !isOnly && (
        <NumberPart
          label={t('form.weight')}
          path={[...path, 'loss_weight']}
          value={judged.loss_weight}
          minimum={0}
          maximum={MOST_WEIGHT}
          step={0.1}
          problems={problems}
          set={set}
        />
      )}
      {judged && (
        <Metrics
          path={[...path, 'metrics']}
          metrics={judged.metrics}
          catalog={catalog}
          problems={problems}
          set={set}
        />
      )}
      {judged && (weighs(recipe) || (judged.weighted_metrics ?? []).length > 0) && (
        <Metrics
          weighted
          path={[...path, 'weighted_metrics']}
          metrics={judged.weighted_metrics ?? []}
          catalog={catalog}
          problems={problems}
          set={set}
        />
      )}
    </fieldset>
  )
}

/** Whether rows count differently: only then a weighted metric says something of its own. */
function weighs({ data, fit }: Recipe): boolean {
  return Boolean(data.sample_weight) || Boolean(fit.class_weight)
}

interface MetricsProps extends Pick<OutputFieldsProps, 'catalog' | 'problems' | 'set'> {
  /** They heed sample and class weights. */
  weighted?: boolean
  path: string[]
  metrics: KerasObject[]
}

function Metrics({ weighted = false, path, metrics, catalog, problems, set }: MetricsProps) {
  const { t } = useTranslation('training')
  const entries = catalog?.metrics ?? []
  const put = (next: KerasObject[]) => set(path, next as unknown as JsonValue)
  const replace = (at: number, metric: KerasObject) =>
    put(metrics.map((one, index) => (index === at ? metric : one)))
  const unused = entries.find(({ type }) => metrics.every((metric) => metric.type !== type))
  return (
    <>
      {metrics.map((metric, index) => (
        <div key={index} className={styles.metric}>
          <KerasObjectField
            label={t(weighted ? 'form.weightedMetric' : 'form.metric')}
            entries={entries}
            value={metric}
            path={[...path, String(index)]}
            problems={problems}
            onChange={(next) => replace(index, next)}
          />
          <IconButton
            label={t('form.removeMetric', { metric: metric.type })}
            onClick={() => put(metrics.filter((_, at) => at !== index))}
          >
            <X size={14} aria-hidden="true" />
          </IconButton>
        </div>
      ))}
      <Button
        size="small"
        look="quiet"
        icon={<Plus size={14} aria-hidden="true" />}
        disabled={!unused}
        onClick={() => unused && put([...metrics, { type: unused.type, config: {} }])}
      >
        {t(weighted ? 'form.addWeightedMetric' : 'form.addMetric')}
      </Button>
    </>
  )
}
