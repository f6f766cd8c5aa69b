import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNote } from '../editor/ProblemNote'
import type { DtypePolicy } from '../graph/document'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'
import { Switch } from '../ui/Switch'
import type { RecipePartProps } from './FitFields'
import styles from './RecipeForm.module.css'
import { problemsUnder } from './recipeProblems'

const POLICIES: readonly DtypePolicy[] = ['float32', 'mixed_float16', 'mixed_bfloat16', 'float64']
const JIT = ['auto', 'true', 'false'] as const
const POLICY = ['dtype_policy']

/** In which precision layers compute, and whether TensorFlow compiles them. */
export function PrecisionFields({ recipe, problems, set }: RecipePartProps) {
  const { t } = useTranslation('training')
  const precision = useId()
  const jit = useId()
  const scale = useId()
  const policy = recipe.dtype_policy ?? 'float32'
  const wrong = problemsUnder(problems, POLICY)
  return (
    <div className={styles.object}>
      <Field
        id={precision}
        label={t('form.precision')}
        error={
          wrong.length > 0 && wrong.map((problem, index) => <ProblemNote key={index} problem={problem} />)
        }
      >
        <Select
          id={precision}
          value={policy}
          options={POLICIES.map((value) => ({ value, label: value }))}
          onChange={(next) => set(POLICY, next)}
        />
      </Field>
      <p className={styles.help}>{t(`form.precisionHelp.${policy}`)}</p>
      {policy === 'mixed_float16' && (
        <div className={styles.switch}>
          <Switch
            id={scale}
            checked={recipe.compile.auto_scale_loss ?? true}
            onChange={(on) => set(['compile', 'auto_scale_loss'], on)}
          />
          <label htmlFor={scale}>{t('form.autoScale')}</label>
        </div>
      )}
      <Field id={jit} label={t('form.jit')}>
        <Select
          id={jit}
          value={String(recipe.compile.jit_compile ?? 'auto')}
          options={JIT.map((value) => ({ value: value, label: t(`form.jitChoice.${value}`) }))}
          onChange={(next) => set(['compile', 'jit_compile'], next === 'auto' ? next : next === 'true')}
        />
      </Field>
    </div>
  )
}
