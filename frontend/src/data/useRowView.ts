/** Which rows of a dataset are shown, and which of them are selected. */

import { useState } from 'react'
import type { DatasetInfo } from '../api/types'
import { between, isIn, nextOf, NO_ROWS, withRows, type RowSets } from './rowSets'

const PICTURES = 60
const ROWS = 12

export interface RowView {
  split: string
  offset: number
  limit: number
  selected: RowSets
  turnTo: (split: string, offset: number) => void
  select: (rows: RowSets) => void
  /** Selects these rows and turns to the first of them. */
  show: (rows: RowSets) => void
  /** Turns to the next page with a selected row. */
  showNext: () => void
  /** Selects a row of the split that is shown, or lets go of it; in a range all from the one before. */
  toggle: (row: number, isRange: boolean) => void
}

export function useRowView(dataset: DatasetInfo): RowView {
  const splits = Object.keys(dataset.rows)
  const limit = dataset.columns.some(({ kind }) => kind === 'image') ? PICTURES : ROWS
  const [place, setPlace] = useState({ split: splits[0] ?? 'train', offset: 0 })
  const [selected, setSelected] = useState(NO_ROWS)
  const [last, setLast] = useState<{ split: string; row: number } | null>(null)

  const turnToNext = (rows: RowSets, from: { split: string; row: number }) => {
    const next = nextOf(rows, splits, from)
    if (next) setPlace({ split: next.split, offset: next.row - (next.row % limit) })
  }
  const toggle = (row: number, isRange: boolean) => {
    const { split } = place
    const from = isRange && last?.split === split ? last.row : row
    setSelected(withRows(selected, split, between(from, row), !isIn(selected, split, row)))
    setLast({ split, row })
  }
  return {
    ...place,
    limit,
    selected,
    turnTo: (split, offset) => setPlace({ split, offset }),
    select: setSelected,
    show: (rows) => {
      setSelected(rows)
      turnToNext(rows, { split: splits[0] ?? 'train', row: 0 })
    },
    showNext: () => turnToNext(selected, { split: place.split, row: place.offset + limit }),
    toggle,
  }
}
