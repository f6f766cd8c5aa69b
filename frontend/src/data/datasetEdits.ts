/** Changes of a dataset that are collected before they become its next version. Pure. */

import type { Column, ColumnKind, ColumnRole, DatasetInfo, Edit } from '../api/types'
import { NO_ROWS, type RowSets } from './rowSets'

export interface DatasetEdits {
  /** Null where it keeps its name. */
  title: string | null
  kinds: ReadonlyMap<string, ColumnKind>
  roles: ReadonlyMap<string, ColumnRole>
  /** Columns that are left out. */
  columns: ReadonlySet<string>
  /** Rows that are left out. */
  rows: RowSets
}

export const NO_EDITS: DatasetEdits = {
  title: null,
  kinds: new Map(),
  roles: new Map(),
  columns: new Set(),
  rows: NO_ROWS,
}

/** What a column can be taken for whose cells hold one value each; others are what their file says. */
export const CHANGEABLE: readonly ColumnKind[] = ['number', 'category', 'text', 'date', 'identifier']

/** The edits with another name for the set; none where that is the stored one, or nothing. */
export function withTitle(edits: DatasetEdits, dataset: DatasetInfo, title: string): DatasetEdits {
  const wanted = title.trim()
  return { ...edits, title: wanted === '' || wanted === dataset.title ? null : wanted }
}

/** The edits with one more; none where the column is taken for what it is already. */
export function withKind(edits: DatasetEdits, column: Column, kind: ColumnKind): DatasetEdits {
  return { ...edits, kinds: changed(edits.kinds, column.name, kind, column.kind) }
}

export function withRole(edits: DatasetEdits, column: Column, role: ColumnRole): DatasetEdits {
  return { ...edits, roles: changed(edits.roles, column.name, role, column.role) }
}

/** A column is left out, or put back. */
export function withColumn(edits: DatasetEdits, column: string, isThere: boolean): DatasetEdits {
  const columns = new Set(edits.columns)
  if (isThere) columns.delete(column)
  else columns.add(column)
  return { ...edits, columns }
}

/**
 * In the words of the server: kinds before roles, for what a column is decides what it can be for; nothing of a column
 * that is left out.
 */
export function editsOf({ title, kinds, roles, columns, rows }: DatasetEdits): Edit[] {
  const isLeft = ([column]: [string, unknown]) => !columns.has(column)
  return [
    ...[...kinds].filter(isLeft).map(([column, kind]): Edit => ({ edit: 'kind', column, kind })),
    ...[...roles].filter(isLeft).map(([column, role]): Edit => ({ edit: 'role', column, role })),
    ...[...columns].map((column): Edit => ({ edit: 'drop_column', column })),
    ...[...rows].map(([split, places]): Edit => ({ edit: 'drop_rows', split, rows: sorted(places) })),
    ...(title === null ? [] : [{ edit: 'title', title } satisfies Edit]),
  ]
}

function sorted(rows: ReadonlySet<number>): number[] {
  return [...rows].sort((left, right) => left - right)
}

function changed<T>(map: ReadonlyMap<string, T>, name: string, value: T, stored: T): ReadonlyMap<string, T> {
  const next = new Map(map)
  if (value === stored) next.delete(name)
  else next.set(name, value)
  return next
}
