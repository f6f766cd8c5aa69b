/** Weights of the classes of a target. Pure. */

import type { Column } from '../api/types'
import type { Recipe } from '../graph/document'

const DIGITS = 4

/** The one category that the recipe predicts; null where classes can not be weighed. */
export function weighable(recipe: Recipe, columns: readonly Column[]): Column | null {
  const targets = Object.values(recipe.data.targets)
  const [names] = targets
  if (targets.length !== 1 || names?.length !== 1) return null
  const column = columns.find(({ name }) => name === names[0])
  return column?.classes ? column : null
}

/** Weights that let every class count the same in all: rows / (classes · rows of the class). */
export function balanced({ classes, class_counts }: Column): Record<string, number> {
  const counts = class_counts ?? []
  const rows = counts.reduce((sum, count) => sum + count, 0)
  const present = counts.filter((count) => count > 0).length
  const weight = (count: number | undefined) =>
    count ? Number((rows / (present * count)).toPrecision(DIGITS)) : 1
  return Object.fromEntries((classes ?? []).map((name, index) => [name, weight(counts[index])]))
}
