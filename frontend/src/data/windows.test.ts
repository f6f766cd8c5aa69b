import { expect, it } from 'vitest'
import type { Column, DatasetInfo } from '../api/types'
import { NO_EDITS } from './datasetEdits'
import { rowSetsOf } from './rowSets'
import { firstWindows, numbersOf, orderOf, rowsLeft, windowCounts, type WindowsEdit } from './windows'

const column = (name: string, kind: Column['kind'], role: Column['role'] = 'feature') =>
  ({ name, kind, role, shape: [] as number[] }) as Column
const weather = {
  columns: [
    column('day', 'date', null),
    column('rain', 'number'),
    column('station', 'number', null),
    column('heat', 'number', 'target'),
    column('code', 'category'),
  ],
  default_targets: ['heat'],
  rows: { train: 40, test: 10 },
} as unknown as DatasetInfo
const windows = (length: number, horizon: number, stride: number): WindowsEdit => ({
  ...{ edit: 'windows', columns: ['heat'], target: 'heat' },
  ...{ length, horizon, stride },
})

it.each([
  [windows(12, 1, 1), { train: 28, test: 0 }],
  [windows(4, 3, 1), { train: 34, test: 4 }],
  [windows(4, 3, 5), { train: 7, test: 1 }],
  [windows(40, 1, 1), { train: 0, test: 0 }],
])('counts the windows of %j', (edit, expected) => {
  expect(windowCounts(weather.rows, edit)).toEqual(expected)
})

it('proposes the numbers that are for something, ahead of the target', () => {
  expect(firstWindows(weather, numbersOf(weather, NO_EDITS))).toEqual({
    ...windows(10, 1, 1),
    columns: ['rain', 'heat'],
  })
})

it('goes by what columns and rows will be once the edits are done', () => {
  const edits = {
    ...NO_EDITS,
    kinds: new Map([['code', 'number' as const]]),
    columns: new Set(['rain', 'day']),
    rows: rowSetsOf({ test: [0, 3] }),
  }
  expect(numbersOf(weather, edits).map(({ name }) => name)).toEqual(['station', 'heat', 'code'])
  expect([orderOf(weather, NO_EDITS), orderOf(weather, edits)]).toEqual(['day', null])
  expect(rowsLeft(weather, edits)).toEqual({ train: 40, test: 8 })
})
