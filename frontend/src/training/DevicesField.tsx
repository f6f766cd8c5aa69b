import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { ProblemNote } from '../editor/ProblemNote'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'
import type { RecipePartProps } from './FitFields'
import { problemsUnder } from './recipeProblems'
import { trialStore } from './trialStore'

const PATH = ['fit', 'devices']

/** Whether all GPUs train together. Offered where the dry run found several, or where the recipe asks for them. */
export function DevicesField({ recipe, problems, set }: RecipePartProps) {
  const { t } = useTranslation('training')
  const id = useId()
  const trial = useStore(trialStore, (state) => state.trial)
  const chosen = recipe.fit.devices ?? 'one'
  const gpus = trial?.gpus ?? 0
  if (gpus < 2 && chosen === 'one') return null
  const wrong = problemsUnder(problems, PATH)
  return (
    <Field
      id={id}
      label={t('form.devices')}
      help={trial?.device ? t('form.devicesUsed', { device: trial.device }) : undefined}
      error={wrong.length > 0 && wrong.map((problem, index) => <ProblemNote key={index} problem={problem} />)}
    >
      <Select
        id={id}
        value={chosen}
        options={[
          { value: 'one', label: t('form.devicesChoice.one') },
          {
            value: 'all',
            label: t(gpus > 1 ? 'form.devicesChoice.allOf' : 'form.devicesChoice.all', { count: gpus }),
          },
        ]}
        onChange={(next) => set(PATH, next)}
      />
    </Field>
  )
}
