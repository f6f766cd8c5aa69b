import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { ProblemNote } from '../editor/ProblemNote'
import type { Recipe } from '../graph/document'
import type { JsonValue } from '../graph/json'
import type { Problem } from '../graph/report'
import { Field } from '../ui/Field'
import { formatNumber } from '../ui/format'
import { NumberField } from '../ui/NumberField'
import { Switch } from '../ui/Switch'
import { DevicesField } from './DevicesField'
import styles from './RecipeForm.module.css'
import { problemsUnder } from './recipeProblems'

export interface RecipePartProps {
  recipe: Recipe
  problems: readonly Problem[]
  set: (path: string[], value: JsonValue) => void
}

const LARGEST_SEED = 2 ** 31 - 1
const LARGEST_FRACTION = 0.9

/** Epochs, batch size, how much is held out, the seed. */
export function FitFields({
  recipe,
  dataset,
  problems,
  set,
}: RecipePartProps & { dataset: DatasetInfo | undefined }) {
  const { t } = useTranslation('training')
  const { fit, data, seed } = recipe
  const rows = dataset?.rows.train ?? 0
  const heldOut = Math.round(rows * data.validation_fraction)
  const steps = Math.ceil((rows - heldOut) / Math.max(1, fit.batch_size))
  const share = { problems, set }
  return (
    <>
      <div className={styles.pair}>
        <NumberPart
          {...share}
          label={t('form.epochs')}
          path={['fit', 'epochs']}
          value={fit.epochs}
          maximum={100_000}
        />
        <NumberPart
          {...share}
          label={t('form.batchSize')}
          path={['fit', 'batch_size']}
          value={fit.batch_size}
          maximum={1_000_000}
        />
        <NumberPart
          {...share}
          label={t('form.validation')}
          path={['data', 'validation_fraction']}
          value={data.validation_fraction}
          minimum={0}
          maximum={LARGEST_FRACTION}
          step={0.05}
        />
        <NumberPart
          {...share}
          label={t('form.seed')}
          path={['seed']}
          value={seed}
          minimum={0}
          maximum={LARGEST_SEED}
        />
      </div>
      {dataset && (
        <p className={styles.help}>
          {t('form.rows', {
            training: formatNumber(rows - heldOut),
            validation: formatNumber(heldOut),
            steps: formatNumber(steps),
          })}
        </p>
      )}
      <SnapshotField {...share} value={fit.checkpoint_seconds ?? null} />
      <DevicesField recipe={recipe} {...share} />
      <ShuffleSwitch checked={fit.shuffle} onChange={(next) => set(['fit', 'shuffle'], next)} />
    </>
  )
}

/** How often to save within an epoch; empty saves after each epoch alone. */
function SnapshotField({
  value,
  problems,
  set,
}: Pick<RecipePartProps, 'problems' | 'set'> & { value: number | null }) {
  const { t } = useTranslation('training')
  const id = useId()
  const path = ['fit', 'checkpoint_seconds']
  const wrong = problemsUnder(problems, path)
  return (
    <Field
      id={id}
      label={t('form.snapshot')}
      help={t('form.snapshotHelp')}
      error={wrong.length > 0 && wrong.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
    >
      <NumberField
        id={id}
        value={value}
        nullable
        minimum={1}
        maximum={86_400}
        invalid={wrong.length > 0}
        onChange={(next) => set(path, next)}
      />
    </Field>
  )
}

function ShuffleSwitch({ checked, onChange }: { checked: boolean; onChange: (next: boolean) => void }) {
  const { t } = useTranslation('training')
  const id = useId()
  return (
    <div className={styles.switch}>
      <Switch id={id} checked={checked} onChange={onChange} />
      <label htmlFor={id}>{t('form.shuffle')}</label>
    </div>
  )
}

interface NumberPartProps extends Pick<RecipePartProps, 'problems' | 'set'> {
  label: string
  path: string[]
  value: number
  minimum?: number
  maximum: number
  /** A step makes it a fraction; without it the number is whole. */
  step?: number
}

export function NumberPart({
  label,
  path,
  value,
  minimum = 1,
  maximum,
  step,
  problems,
  set,
}: NumberPartProps) {
  const id = useId()
  const wrong = problemsUnder(problems, path)
  return (
    <Field
      id={id}
      label={label}
      error={wrong.length > 0 && wrong.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
    >
      <NumberField
        id={id}
        value={value}
        integer={step === undefined}
        minimum={minimum}
        maximum={maximum}
        {...(step === undefined ? {} : { step })}
        invalid={wrong.length > 0}
        onChange={(next) => next !== null && set(path, next)}
      />
    </Field>
  )
}
