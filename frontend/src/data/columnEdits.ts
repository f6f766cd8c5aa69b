/** Changes of columns that are collected before they become the next version of a dataset. Pure. */

import type { Column, ColumnKind, ColumnRole, Edit } from '../api/types'

export interface ColumnEdits {
  kinds: ReadonlyMap<string, ColumnKind>
  roles: ReadonlyMap<string, ColumnRole>
}

export const NO_EDITS: ColumnEdits = { kinds: new Map(), roles: new Map() }

/** What a column can be taken for whose cells hold one value each; others are what their file says. */
export const CHANGEABLE: readonly ColumnKind[] = ['number', 'category', 'text', 'date', 'identifier']

/** The edits with one more; none where the column is taken for what it is already. */
export function withKind(edits: ColumnEdits, column: Column, kind: ColumnKind): ColumnEdits {
  return { ...edits, kinds: changed(edits.kinds, column.name, kind, column.kind) }
}

export function withRole(edits: ColumnEdits, column: Column, role: ColumnRole): ColumnEdits {
  return { ...edits, roles: changed(edits.roles, column.name, role, column.role) }
}

/** In the words of the server: kinds before roles, for what a column is decides what it can be for. */
export function editsOf({ kinds, roles }: ColumnEdits): Edit[] {
  return [
    ...[...kinds].map(([column, kind]): Edit => ({ edit: 'kind', column, kind })),
    ...[...roles].map(([column, role]): Edit => ({ edit: 'role', column, role })),
  ]
}

function changed<T>(map: ReadonlyMap<string, T>, name: string, value: T, stored: T): ReadonlyMap<string, T> {
  const next = new Map(map)
  if (value === stored) next.delete(name)
  else next.set(name, value)
  return next
}
