import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useLearningRates } from '../api/queries'
import type { Recipe } from '../graph/document'
import { isObject } from '../graph/json'
import { Plot } from '../runs/Plot'
import { formatMetric } from '../ui/format'
import styles from './RecipeForm.module.css'

/** The learning rate over the training to come, where something changes it by plan. */
export function ScheduleCurve({ recipe }: { recipe: Recipe }) {
  const planned =
    isObject(recipe.compile.optimizer.config.learning_rate) ||
    recipe.callbacks.some(({ type }) => type === 'LearningRateScheduler')
  return planned ? <Curve recipe={recipe} /> : null
}

function Curve({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation('training')
  const { data, error } = useLearningRates(recipe)
  const lines = useMemo(
    () => [{ label: 'learning_rate', hue: 0, dashed: false, cells: data?.rates ?? [] }],
    [data],
  )
  if (error) return <p className={styles.help}>{error.message}</p>
  if (!data) return <div className={styles.curve} aria-busy="true" />
  const [first, last] = [data.rates[0], data.rates.at(-1)].map((rate) => formatMetric(rate))
  return (
    <div className={styles.curve}>
      <Plot label={t('form.curve', { first, last })} x={data.steps} lines={lines} axis="step" />
    </div>
  )
}
