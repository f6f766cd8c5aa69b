/** Selecting the rows of a page, and leaving rows out of the next version. */

import type { DatasetEdits } from './datasetEdits'
import type { RowChoice } from './RowMark'
import { between, isIn, withRows } from './rowSets'
import type { RowView } from './useRowView'

/** What can be chosen of the page that `view` shows, which has `count` rows. */
export function rowChoice(
  view: RowView,
  count: number,
  edits: DatasetEdits,
  onEdit: (edits: DatasetEdits) => void,
): RowChoice {
  const { split, offset, selected } = view
  const isLeftOut = (index: number) => isIn(edits.rows, split, offset + index)
  const isSelected = (index: number) => isIn(selected, split, offset + index)
  const open = (count === 0 ? [] : between(0, count - 1)).filter((index) => !isLeftOut(index))
  const chosen = open.filter(isSelected).length
  const rows = open.map((index) => offset + index)
  return {
    isSelected,
    isLeftOut,
    numberOf: (index) => offset + index + 1,
    toggle: (index, isRange) => view.toggle(offset + index, isRange),
    togglePage: () => view.select(withRows(selected, split, rows, chosen < open.length)),
    selectedOnPage: chosen === 0 ? 'none' : chosen === open.length ? 'all' : 'some',
    putBack: (index) => onEdit({ ...edits, rows: withRows(edits.rows, split, [offset + index], false) }),
  }
}
