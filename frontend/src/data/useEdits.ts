/** The changes of a dataset that are not saved yet; they stay while other pages are looked at. */

import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { NO_EDITS, type DatasetEdits } from './datasetEdits'

export interface EditsInHand {
  edits: DatasetEdits
  put: (edits: DatasetEdits) => void
  undo: () => void
  discard: () => void
}

type Steps = readonly DatasetEdits[]

/** By the id of a dataset, what its edits were after each change. */
const editStore = createStore<Readonly<Record<string, Steps>>>(() => ({}))
const NO_STEPS: Steps = []

export function useEdits(dataset: string): EditsInHand {
  const steps = useStore(editStore, (all) => all[dataset] ?? NO_STEPS)
  const set = (change: (before: Steps) => Steps) =>
    editStore.setState((all) => ({ [dataset]: change(all[dataset] ?? NO_STEPS) }))
  return {
    edits: steps.at(-1) ?? NO_EDITS,
    put: (edits) => set((before) => [...before, edits]),
    undo: () => set((before) => before.slice(0, -1)),
    discard: () => set(() => NO_STEPS),
  }
}
