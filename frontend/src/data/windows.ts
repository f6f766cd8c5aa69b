/** Windows over rows in order, from which a forecast is learned. Pure. */

import type { Column, DatasetInfo, Edit } from '../api/types'
import type { DatasetEdits } from './datasetEdits'

export type WindowsEdit = Extract<Edit, { edit: 'windows' }> & { horizon: number; stride: number }

const USUAL_LENGTH = 12
/** A window takes at most a quarter of the rows. */
const LARGEST_SHARE = 4
const MOST_COLUMNS = 32

/** The columns that windows can be made over, once the edits are done. */
export function numbersOf({ columns }: DatasetInfo, { kinds, columns: leftOut }: DatasetEdits): Column[] {
  return columns.filter(
    ({ name, kind, shape }) =>
      (kinds.get(name) ?? kind) === 'number' && shape.length === 0 && !leftOut.has(name),
  )
}

/** What the server puts rows in the order of; null where that is the order they are in. */
export function orderOf({ columns }: DatasetInfo, { kinds, columns: leftOut }: DatasetEdits): string | null {
  const dates = columns.filter(({ name, kind }) => (kinds.get(name) ?? kind) === 'date' && !leftOut.has(name))
  return dates[0]?.name ?? null
}

/** A first proposal: all numbers if they are few, one row ahead of what is to be predicted. Null without numbers. */
export function firstWindows(dataset: DatasetInfo, numbers: readonly Column[]): WindowsEdit | null {
  const names = numbers.map(({ name }) => name)
  const target = dataset.default_targets.find((name) => names.includes(name)) ?? names.at(-1)
  if (target === undefined) return null
  const used = numbers.filter(({ name, role }) => role !== null || name === target)
  const columns = used.length <= MOST_COLUMNS ? used.map(({ name }) => name) : [target]
  const length = Math.max(1, Math.min(USUAL_LENGTH, Math.floor((dataset.rows.train ?? 0) / LARGEST_SHARE)))
  return { edit: 'windows', columns, target, length, horizon: 1, stride: 1 }
}

/** How many rows of each split get a window, if no cell is empty; `rows` are those that are left of each. */
export function windowCounts(
  rows: Readonly<Record<string, number>>,
  { length, horizon, stride }: WindowsEdit,
): Record<string, number> {
  const reach = length + horizon - 1
  const count = (all: number) => Math.max(0, Math.ceil((all - reach) / stride))
  return Object.fromEntries(Object.entries(rows).map(([split, all]) => [split, count(all)]))
}

/** How many rows of each split are left once the edits are done. */
export function rowsLeft({ rows }: DatasetInfo, edits: DatasetEdits): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rows).map(([split, all]) => [split, all - (edits.rows.get(split)?.size ?? 0)]),
  )
}
