/** What a person says of rows that the model was judged on: their class is another, or they had better not be there. Pure. */

import type { Edit } from '../../api/types'

/** The class that a row is to have; null leaves the row out. */
export type Correction = string | null
/** By row number in the split's file. */
export type Corrections = ReadonlyMap<number, Correction>

/** The corrections with this one for all these rows; a row that already has it takes it back. */
export function corrected(
  corrections: Corrections,
  rows: Iterable<number>,
  correction: Correction,
): Corrections {
  const all = [...rows]
  const isRepeated = all.every((row) => corrections.has(row) && corrections.get(row) === correction)
  const next = new Map(corrections)
  for (const row of all) {
    if (isRepeated) next.delete(row)
    else next.set(row, correction)
  }
  return next
}

/** The set with the row taken in, or out where it was in. */
export function toggled(rows: ReadonlySet<number>, row: number): ReadonlySet<number> {
  const next = new Set(rows)
  if (!next.delete(row)) next.add(row)
  return next
}

/** What the server is asked to do. Rows are left out last: until then every row keeps its number. */
export function editsOf(corrections: Corrections, split: string, column: string): Edit[] {
  const sorted = [...corrections].sort(([one], [other]) => one - other)
  const dropped = sorted.flatMap(([row, correction]) => (correction === null ? [row] : []))
  const relabelled = sorted.flatMap(([row, value]): Edit[] =>
    value === null ? [] : [{ edit: 'relabel', split, row, column, value }],
  )
  return dropped.length === 0 ? relabelled : [...relabelled, { edit: 'drop_rows', split, rows: dropped }]
}

/** How many rows get another class, and how many are left out. */
export function countsOf(corrections: Corrections): { relabelled: number; dropped: number } {
  const dropped = [...corrections.values()].filter((correction) => correction === null).length
  return { relabelled: corrections.size - dropped, dropped }
}
