/** A row of a dataset to try a model on, and the way to the next one. */

import { useState } from 'react'
import { useDatasetRows } from '../../api/datasetQueries'
import type { Row } from '../../api/types'

/** Neighbours come with a row, so that going on is instant. */
const PAGE = 20

export interface Sample {
  index: number
  row: Row | undefined
  /** Goes to another row, round the ends. */
  go: (step: number) => void
  jump: () => void
}

export function useSample(dataset: string, split: string, rows: number): Sample {
  const [index, setIndex] = useState(() => anyOf(rows))
  const offset = index - (index % PAGE)
  const { data, isPlaceholderData } = useDatasetRows({ dataset, split, offset, limit: PAGE }, rows > 0)
  return {
    index,
    row: isPlaceholderData ? undefined : data?.rows[index - offset],
    go: (step) => setIndex((at) => (at + step + rows) % rows),
    jump: () => setIndex(anyOf(rows)),
  }
}

function anyOf(rows: number): number {
  return Math.floor(Math.random() * rows)
}
