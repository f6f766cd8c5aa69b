import { useTranslation } from 'react-i18next'
import { ApiError } from '../api/apiError'
import { useSplits } from '../api/datasetQueries'
import type { SplitCounts, SplitName } from '../api/types'
import type { Recipe } from '../graph/document'
import { formatNumber } from '../ui/format'
import styles from './SplitTable.module.css'
import { useSettled } from './useSettled'

const SETTLED_MS = 250
const MOST_CLASSES = 12
const SPLITS = ['train', 'validation', 'test'] as const

/** How many rows of each class are trained on, judged by and kept for the end, as the server counts them. */
export function SplitTable({ recipe }: { recipe: Recipe }) {
  const { t } = useTranslation('data')
  const data = useSettled(recipe.data, SETTLED_MS)
  const { data: splits, error, isPlaceholderData } = useSplits(data, recipe.seed)
  // A dataset that is not there is told where it is chosen.
  const isUnknown = error instanceof ApiError && error.status === 404
  if (error && !isUnknown) return <p className={styles.refused}>{error.message}</p>
  if (!splits) return null
  const classes = classesOf(splits)
  return (
    <table className={styles.table} aria-busy={isPlaceholderData} aria-label={t('panel.counts')}>
      <thead>
        <tr>
          <td />
          {SPLITS.map((split) => (
            <th key={split} scope="col">
              {t(`split.${split}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        <Line name={t('dataset.rows')} splits={splits} count={(split) => splits[split]?.rows ?? 0} />
        {classes.slice(0, MOST_CLASSES).map((name) => (
          <Line
            key={name}
            name={name}
            splits={splits}
            count={(split) => splits[split]?.classes?.[name] ?? 0}
          />
        ))}
        {classes.length > MOST_CLASSES && (
          <tr>
            <th scope="row">{t('column.more', { count: classes.length - MOST_CLASSES })}</th>
          </tr>
        )}
      </tbody>
    </table>
  )
}

interface LineProps {
  name: string
  splits: SplitCounts
  count: (split: SplitName) => number
}

/** A class that a split has none of is marked: its scores say nothing about that class. */
function Line({ name, splits, count }: LineProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {SPLITS.map((split) => (
        <td key={split} data-none={count(split) === 0 && (splits[split]?.rows ?? 0) > 0}>
          {formatNumber(count(split))}
        </td>
      ))}
    </tr>
  )
}

function classesOf(splits: SplitCounts): string[] {
  return [...new Set(Object.values(splits).flatMap(({ classes }) => Object.keys(classes ?? {})))]
}
