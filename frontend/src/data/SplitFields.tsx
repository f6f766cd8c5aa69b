import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Column, DatasetInfo } from '../api/types'
import type { Recipe, SplitBy } from '../graph/document'
import { draftActions } from '../graph/useDraft'
import { Field } from '../ui/Field'
import { NumberField } from '../ui/NumberField'
import { Select } from '../ui/Select'
import { ColumnSelect } from './ColumnSelect'
import { FractionSlider } from './FractionSlider'
import { SplitTable } from './SplitTable'

interface SplitFieldsProps {
  recipe: Recipe
  dataset: DatasetInfo
}

const MISSING = ['refuse', 'drop', 'keep'] as const
const WAYS = ['random', 'stratified', 'group', 'time', 'column'] as const
const LARGEST_SEED = 2 ** 31 - 1

/** Which rows are held out to judge by, how many of them, and what happens to rows with empty cells. */
export function SplitFields({ recipe, dataset }: SplitFieldsProps) {
  const { t } = useTranslation('data')
  const empty = useId()
  const { validation_fraction: validation, test_fraction: test = 0, missing } = recipe.data
  const rows = dataset.rows.train ?? 0
  const seed = useId()
  return (
    <>
      <Way recipe={recipe} dataset={dataset} />
      <FractionSlider
        label={t('panel.validation')}
        value={validation}
        rows={rows}
        onChange={(share) => draftActions.setRecipe(['data', 'validation_fraction'], share)}
      />
      {dataset.rows.test === undefined && (
        <FractionSlider
          label={t('panel.test')}
          value={test}
          rows={rows}
          onChange={(share) => draftActions.setRecipe(['data', 'test_fraction'], share)}
        />
      )}
      <Field id={seed} label={t('panel.seed')}>
        <NumberField
          id={seed}
          integer
          minimum={0}
          maximum={LARGEST_SEED}
          value={recipe.seed}
          onChange={(value) => value !== null && draftActions.setRecipe(['seed'], value)}
        />
      </Field>
      {dataset.columns.some((column) => column.missing > 0) && (
        <Field id={empty} label={t('panel.missing')}>
          <Select
            id={empty}
            value={missing}
            options={MISSING.map((value) => ({ value, label: t(`panel.missingAs.${value}`) }))}
            onChange={(value) => draftActions.setRecipe(['data', 'missing'], value)}
          />
        </Field>
      )}
      <SplitTable recipe={recipe} />
    </>
  )
}

/** By what rows are held out, and the column that says it. */
function Way({ recipe, dataset }: SplitFieldsProps) {
  const { t } = useTranslation('data')
  const [way, place] = [useId(), useId()]
  const { by, column } = recipe.data.split ?? { by: 'random', column: null }
  const offered = columnsFor(by, dataset.columns)
  const set = (next: SplitBy, name: string | null) =>
    draftActions.setRecipe(['data', 'split'], { by: next, column: name })
  return (
    <>
      <Field id={way} label={t('panel.splitBy')} help={t(`splitBy.${by}.help`)}>
        <Select
          id={way}
          value={by}
          options={WAYS.filter((one) => one === 'random' || columnsFor(one, dataset.columns).length > 0).map(
            (value) => ({ value, label: t(`splitBy.${value}.name`) }),
          )}
          onChange={(next) => set(next, firstFor(next, dataset))}
        />
      </Field>
      {by !== 'random' && (
        <Field id={place} label={t('panel.splitColumn')}>
          <ColumnSelect id={place} columns={offered} value={column} onChange={(name) => set(by, name)} />
        </Field>
      )}
    </>
  )
}

/** The columns that rows can be held out by in this way. */
function columnsFor(by: SplitBy, columns: readonly Column[]): Column[] {
  const kinds = {
    random: [],
    stratified: ['category'],
    group: ['category', 'identifier', 'text', 'number'],
    time: ['date', 'number'],
    column: ['category', 'text'],
  }[by]
  return columns.filter(({ kind, shape }) => kinds.includes(kind as never) && shape.length === 0)
}

/** The target where rows go by class, else the first column of the first kind that suits. */
function firstFor(by: SplitBy, dataset: DatasetInfo): string | null {
  const offered = columnsFor(by, dataset.columns)
  const target = offered.find(({ role }) => role === 'target')
  const spoken = offered.find(({ kind }) => kind === 'date' || kind === 'identifier')
  return (by === 'stratified' ? target : spoken)?.name ?? offered[0]?.name ?? null
}
