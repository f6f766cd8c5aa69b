import { Database } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useDataset } from '../api/datasetQueries'
import { useCatalog } from '../api/queries'
import { DatasetSelect } from '../data/DatasetSelect'
import { ProblemNote } from '../editor/ProblemNote'
import type { Recipe } from '../graph/document'
import type { JsonValue } from '../graph/json'
import { draftActions, useDraft } from '../graph/useDraft'
import { useReport } from '../graph/useReport'
import { EmptyState } from '../ui/EmptyState'
import { CallbackList } from './CallbackList'
import { FitFields } from './FitFields'
import { Arguments, KerasObjectField } from './KerasObjectField'
import { OutputFields } from './OutputFields'
import { PrecisionFields } from './PrecisionFields'
import { RateFinder } from './rates/RateFinder'
import styles from './RecipeForm.module.css'
import { problemsUnder } from './recipeProblems'
import { ScheduleCurve } from './ScheduleCurve'
import { WeightFields } from './WeightFields'

const OPTIMIZER = ['compile', 'optimizer']
const LEADING = ['learning_rate', 'momentum']

/** How the drawing is to be trained: data, optimizer, losses and metrics, epochs, callbacks. */
export function RecipeForm() {
  const { t } = useTranslation('training')
  const recipe = useDraft((draft) => draft.recipe)
  if (recipe === null) {
    return (
      <EmptyState
        icon={<Database size={22} />}
        title={t('empty.title')}
        text={t('empty.text')}
        action={
          <div className={styles.pick}>
            <DatasetSelect value={null} />
          </div>
        }
      />
    )
  }
  return <Form recipe={recipe} />
}

function Form({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation('training')
  const { data: catalog } = useCatalog()
  const { data: dataset } = useDataset(recipe.data.dataset)
  const problems = useReport()?.problems ?? []
  const set = (path: string[], value: JsonValue) => draftActions.setRecipe(path, value)
  const ofData = problemsUnder(problems, ['data'])
  return (
    <form className={styles.form} aria-label={t('form.label')} onSubmit={(event) => event.preventDefault()}>
      <section className={styles.column}>
        <h2>{t('form.data')}</h2>
        <DatasetSelect value={recipe.data.dataset} />
        {ofData.map((problem, index) => (
          <ProblemNote key={index} problem={problem} />
        ))}
        <FitFields recipe={recipe} dataset={dataset} problems={problems} set={set} />
        <WeightFields recipe={recipe} dataset={dataset} problems={problems} set={set} />
      </section>
      <section className={styles.column}>
        <h2 className="visually-hidden">{t('form.optimizer')}</h2>
        <KerasObjectField
          label={t('form.optimizerClass')}
          entries={catalog?.optimizers ?? []}
          value={recipe.compile.optimizer}
          path={OPTIMIZER}
          problems={problems}
          leading={LEADING}
          help={<RateFinder />}
          onChange={(next) => set(OPTIMIZER, next as unknown as JsonValue)}
        />
        <ScheduleCurve recipe={recipe} />
        <Arguments label={t('form.compile')} count={compileCount(recipe)} open={false}>
          <PrecisionFields recipe={recipe} problems={problems} set={set} />
        </Arguments>
      </section>
      <section className={styles.column}>
        <h2 className="visually-hidden">{t('form.outputs')}</h2>
        <OutputFields recipe={recipe} catalog={catalog} problems={problems} set={set} />
      </section>
      <section className={styles.column}>
        <h2>{t('form.callbacks')}</h2>
        <CallbackList recipe={recipe} catalog={catalog} problems={problems} set={set} />
      </section>
    </form>
  )
}

/** How many arguments of `compile` are not Keras's defaults. */
function compileCount({ compile, dtype_policy }: Recipe): number {
  return [
    (dtype_policy ?? 'float32') !== 'float32',
    (compile.jit_compile ?? 'auto') !== 'auto',
    compile.auto_scale_loss === false,
  ].filter(Boolean).length
}
