/** The samples of each dataset that are followed through every drawing, by their rows in the training split. */

import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export const MOST_PINNED = 5

interface Pinned {
  byDataset: Record<string, readonly number[]>
  pin: (dataset: string, row: number) => void
  unpin: (dataset: string, row: number) => void
}

export const usePinned = create<Pinned>()(
  persist(
    (set) => ({
      byDataset: {},
      pin: (dataset, row) =>
        set(({ byDataset }) => ({
          byDataset: { ...byDataset, [dataset]: withRow(byDataset[dataset] ?? [], row) },
        })),
      unpin: (dataset, row) =>
        set(({ byDataset }) => ({
          byDataset: { ...byDataset, [dataset]: (byDataset[dataset] ?? []).filter((one) => one !== row) },
        })),
    }),
    { name: 'layerloom.pinned' },
  ),
)

const NONE: readonly number[] = []

export function usePinnedRows(dataset: string): readonly number[] {
  return usePinned(({ byDataset }) => byDataset[dataset] ?? NONE)
}

/** The rows with one more, the oldest making room; a row is there once. */
export function withRow(rows: readonly number[], row: number): readonly number[] {
  return rows.includes(row) ? rows : [...rows, row].slice(-MOST_PINNED)
}
