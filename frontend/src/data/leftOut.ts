/** Columns that a proposed drawing is not fed, for they would give the answer away. Pure. */

import type { DatasetInfo, Note } from '../api/types'
import type { Recipe } from '../graph/document'

const CODE = 'copy-of-target'

/** The notes on copies of the target that are still there and still not fed. */
export function leftOut({ notes, columns }: DatasetInfo, { data }: Recipe): Note[] {
  const fed = new Set([...Object.values(data.inputs), ...Object.values(data.targets)].flat())
  const isThere = (name: string | null) => columns.some((column) => column.name === name)
  return notes.filter(({ code, column }) => code === CODE && isThere(column) && !fed.has(column ?? ''))
}
