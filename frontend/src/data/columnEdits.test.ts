import { expect, it } from 'vitest'
import type { Column } from '../api/types'
import { editsOf, NO_EDITS, withKind, withRole } from './columnEdits'

const age = { name: 'age', kind: 'category', role: 'feature' } as Column
const seat = { name: 'seat', kind: 'text', role: null } as Column

it('collects kinds before roles', () => {
  const edits = withKind(withRole(NO_EDITS, seat, 'feature'), age, 'number')
  expect(editsOf(edits)).toEqual([
    { edit: 'kind', column: 'age', kind: 'number' },
    { edit: 'role', column: 'seat', role: 'feature' },
  ])
})

it('takes an edit back that is chosen back to what is stored', () => {
  const edits = withKind(withKind(NO_EDITS, age, 'number'), age, 'category')
  expect(editsOf(edits)).toEqual([])
})
