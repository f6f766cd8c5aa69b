/** Rows of a dataset by split, numbered from 0. Pure. */

export type RowSets = ReadonlyMap<string, ReadonlySet<number>>

export const NO_ROWS: RowSets = new Map()

/** As the server names rows. */
export function rowSetsOf(rows: Readonly<Record<string, readonly number[]>>): RowSets {
  return new Map(Object.entries(rows).map(([split, places]) => [split, new Set(places)]))
}

export function countOf(sets: RowSets): number {
  return [...sets.values()].reduce((sum, rows) => sum + rows.size, 0)
}

export function isIn(sets: RowSets, split: string, row: number): boolean {
  return sets.get(split)?.has(row) ?? false
}

/** With these rows of a split, or without them. A split that is left with none is not there. */
export function withRows(sets: RowSets, split: string, rows: Iterable<number>, isThere: boolean): RowSets {
  const places = new Set(sets.get(split))
  for (const row of rows) {
    if (isThere) places.add(row)
    else places.delete(row)
  }
  const next = new Map(sets).set(split, places)
  if (places.size === 0) next.delete(split)
  return next
}

/** The rows of both. */
export function union(one: RowSets, other: RowSets): RowSets {
  return [...other].reduce((sum, [split, rows]) => withRows(sum, split, rows, true), one)
}

/** The rows of one that are not in the other. */
export function minus(one: RowSets, other: RowSets): RowSets {
  return [...other].reduce((left, [split, rows]) => withRows(left, split, rows, false), one)
}

/** The rows from one to another, both included, whichever comes first. */
export function between(one: number, other: number): number[] {
  const [first, last] = one < other ? [one, other] : [other, one]
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}

/** The first of these rows from a place on, through the splits in their order and round to the beginning. */
export function nextOf(
  sets: RowSets,
  splits: readonly string[],
  from: { split: string; row: number },
): { split: string; row: number } | null {
  const start = Math.max(0, splits.indexOf(from.split))
  const inOrder = [...splits.slice(start), ...splits.slice(0, start), splits[start] ?? '']
  for (const [turn, split] of inOrder.entries()) {
    const least = turn === 0 ? from.row : 0
    const row = smallest(sets.get(split) ?? [], least)
    if (row !== null) return { split, row }
  }
  return null
}

function smallest(rows: Iterable<number>, least: number): number | null {
  let found: number | null = null
  for (const row of rows) if (row >= least && (found === null || row < found)) found = row
  return found
}
