import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { DatasetInfo } from '../api/types'
import { ProblemNote } from '../editor/ProblemNote'
import type { Recipe } from '../graph/document'
import type { Problem } from '../graph/report'
import { draftActions } from '../graph/useDraft'
import { Field } from '../ui/Field'
import { Select } from '../ui/Select'
import { formatSample, type End } from './binding'
import { ColumnSelect } from './ColumnSelect'
import styles from './DataPanel.module.css'

interface TargetBindingProps {
  end: End
  dataset: DatasetInfo
  recipe: Recipe
  /** The shape that arrives at the Output, or null where it is not known. */
  shape: (number | null)[] | null
  problems: readonly Problem[]
}

const ENCODINGS = ['index', 'one_hot'] as const

/** What one Output has to learn: the column, and how its classes reach the loss. */
export function TargetBinding({ end, dataset, recipe, shape, problems }: TargetBindingProps) {
  const { t } = useTranslation('data')
  const target = useId()
  const encoding = useId()
  const [bound] = recipe.data.targets[end.name] ?? []
  const column = dataset.columns.find(({ name }) => name === bound)
  const wrong = problems.filter(
    ({ recipe: path }) => path?.[0] === 'data' && path[2] === end.name && path[1] !== 'inputs',
  )
  return (
    <div className={styles.end} role="group" aria-label={t('panel.output', { name: end.name })}>
      <div className={styles.endHead}>
        <b>{end.name}</b>
        {shape && <span className="mono">{formatSample(shape)}</span>}
      </div>
      <Field
        id={target}
        label={t('panel.target')}
        error={
          wrong.length > 0 && wrong.map((problem, index) => <ProblemNote key={index} problem={problem} />)
        }
      >
        <ColumnSelect
          id={target}
          columns={dataset.columns.filter(({ kind }) => kind !== 'text')}
          value={bound ?? null}
          onChange={(name) => draftActions.setRecipe(['data', 'targets', end.name], [name])}
        />
      </Field>
      {column?.classes && (
        <Field id={encoding} label={t('panel.encoding', { count: column.classes.length })}>
          <Select
            id={encoding}
            value={recipe.data.encoding[end.name] ?? 'index'}
            options={ENCODINGS.map((value) => ({ value, label: t(`encoding.${value}`) }))}
            onChange={(value) => draftActions.setRecipe(['data', 'encoding', end.name], value)}
          />
        </Field>
      )}
    </div>
  )
}
