import { Scale } from 'lucide-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, DatasetInfo } from '../api/types'
import { ProblemNote } from '../editor/ProblemNote'
import type { Recipe } from '../graph/document'
import { Button } from '../ui/Button'
import { Field } from '../ui/Field'
import { formatNumber } from '../ui/format'
import { NumberField } from '../ui/NumberField'
import { Select } from '../ui/Select'
import { balanced, weighable } from './classWeights'
import type { RecipePartProps } from './FitFields'
import { Arguments } from './KerasObjectField'
import styles from './RecipeForm.module.css'
import { problemsUnder } from './recipeProblems'

type WeightFieldsProps = RecipePartProps & { dataset: DatasetInfo | undefined }

const COLUMN = ['data', 'sample_weight']
const CLASSES = ['fit', 'class_weight']
const NONE = '\u0001none'

/** How much each row counts in the loss: by a column, or by its class. Folded away while all count the same. */
export function WeightFields(props: WeightFieldsProps) {
  const { recipe, dataset, problems } = props
  const { t } = useTranslation('training')
  const column = weighable(recipe, dataset?.columns ?? [])
  const wrong = [...problemsUnder(problems, COLUMN), ...problemsUnder(problems, CLASSES)]
  const given = Number(Boolean(recipe.data.sample_weight)) + Number(Boolean(recipe.fit.class_weight))
  return (
    <Arguments label={t('form.weights')} count={given} open={wrong.length > 0}>
      <div className={styles.weights}>
        <SampleWeight {...props} />
        {(column ?? recipe.fit.class_weight) && <ClassWeights {...props} column={column} />}
      </div>
    </Arguments>
  )
}

function SampleWeight({ recipe, dataset, problems, set }: WeightFieldsProps) {
  const { t } = useTranslation('training')
  const id = useId()
  const wrong = problemsUnder(problems, COLUMN)
  const numbers = dataset?.columns.filter(({ kind }) => kind === 'number') ?? []
  return (
    <Field
      id={id}
      label={t('form.sampleWeight')}
      error={wrong.length > 0 && wrong.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
    >
      <Select
        id={id}
        value={recipe.data.sample_weight ?? NONE}
        invalid={wrong.length > 0}
        options={[
          { value: NONE, label: t('form.everyRow') },
          ...numbers.map(({ name }) => ({ value: name, label: name })),
        ]}
        onChange={(name) => set(COLUMN, name === NONE ? null : name)}
      />
    </Field>
  )
}

function ClassWeights({ recipe, problems, set, column }: WeightFieldsProps & { column: Column | null }) {
  const { t } = useTranslation('training')
  const weights = recipe.fit.class_weight ?? null
  const wrong = problemsUnder(problems, CLASSES)
  return (
    <div className={styles.classWeights} role="group" aria-label={t('form.classWeight')}>
      <div className={styles.callbackHead}>
        <span>{t('form.classWeight')}</span>
        {column && (
          <Button
            size="small"
            look="quiet"
            icon={<Scale size={13} aria-hidden="true" />}
            onClick={() => set(CLASSES, balanced(column))}
          >
            {t('form.balance')}
          </Button>
        )}
        {weights && (
          <Button size="small" look="quiet" onClick={() => set(CLASSES, null)}>
            {t('form.sameWeight')}
          </Button>
        )}
      </div>
      {wrong.map((problem, index) => (
        <ProblemNote key={index} problem={problem} />
      ))}
      {weights && <WeightRows column={column} weights={weights} set={set} />}
    </div>
  )
}

interface WeightRowsProps extends Pick<RecipePartProps, 'set'> {
  column: Column | null
  weights: NonNullable<Recipe['fit']['class_weight']>
}

function WeightRows({ column, weights, set }: WeightRowsProps) {
  const { t } = useTranslation('training')
  const names = column?.classes ?? Object.keys(weights)
  return (
    <ul className={styles.weightRows}>
      {names.map((name, index) => (
        <li key={name}>
          <span className={styles.weightName} title={name}>
            {name}
          </span>
          <span className={styles.help}>
            {t('form.classRows', { rows: formatNumber(column?.class_counts?.[index] ?? 0) })}
          </span>
          <NumberField
            value={weights[name] ?? 1}
            minimum={0}
            maximum={1e6}
            step={0.1}
            aria-label={t('form.weightOf', { name })}
            onChange={(next) => next !== null && set(CLASSES, { ...weights, [name]: next })}
          />
        </li>
      ))}
    </ul>
  )
}
