import { expect, it } from 'vitest'
import { NO_EDITS, type DatasetEdits } from './datasetEdits'
import { rowChoice } from './rowChoice'
import { rowSetsOf, type RowSets } from './rowSets'
import type { RowView } from './useRowView'

/** The second page of four rows, of which the first is left out. */
function page(selected: RowSets) {
  const told: { selected?: RowSets; edits?: DatasetEdits } = {}
  const select = (rows: RowSets) => (told.selected = rows)
  const view = { split: 'train', offset: 4, limit: 4, selected, select } as unknown as RowView
  const edits = { ...NO_EDITS, rows: rowSetsOf({ train: [0, 4] }) }
  return { told, choice: rowChoice(view, 4, edits, (next) => (told.edits = next)) }
}

it.each([
  [[], 'none'],
  [[5], 'some'],
  [[5, 6, 7], 'all'],
  [[1, 2, 3], 'none'],
])('of selected rows %j it shows %s', (rows, expected) => {
  expect(page(rowSetsOf({ train: rows })).choice.selectedOnPage).toBe(expected)
})

it('selects what is not left out of a page, and lets go of it', () => {
  const some = page(rowSetsOf({ train: [1, 5] }))
  some.choice.togglePage()
  const all = page(rowSetsOf({ train: [1, 5, 6, 7] }))
  all.choice.togglePage()
  expect([some.told.selected, all.told.selected]).toEqual([
    rowSetsOf({ train: [1, 5, 6, 7] }),
    rowSetsOf({ train: [1] }),
  ])
})

it('puts a row back that was left out', () => {
  const { choice, told } = page(rowSetsOf({}))
  choice.putBack(0)
  expect(told.edits?.rows).toEqual(rowSetsOf({ train: [0] }))
})
