import { expect, it } from 'vitest'
import type { Column, DatasetInfo } from '../api/types'
import { editsOf, NO_EDITS, withColumn, withKind, withRole, withTitle } from './datasetEdits'
import { rowSetsOf } from './rowSets'

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

it('says nothing more of a column that is left out, until it is put back', () => {
  const without = withColumn(withKind(NO_EDITS, age, 'number'), 'age', false)
  expect(editsOf(without)).toEqual([{ edit: 'drop_column', column: 'age' }])
  expect(editsOf(withColumn(without, 'age', true))).toEqual([{ edit: 'kind', column: 'age', kind: 'number' }])
})

it('names the rows that are left out in order, by split', () => {
  expect(editsOf({ ...NO_EDITS, rows: rowSetsOf({ train: [11, 2], test: [0] }) })).toEqual([
    { edit: 'drop_rows', split: 'train', rows: [2, 11] },
    { edit: 'drop_rows', split: 'test', rows: [0] },
  ])
})

it.each([
  [' Passengers ', [{ edit: 'title', title: 'Passengers' }]],
  ['titanic', []],
  ['  ', []],
])('calls a set %j', (title, expected) => {
  expect(editsOf(withTitle(NO_EDITS, { title: 'titanic' } as DatasetInfo, title))).toEqual(expected)
})
