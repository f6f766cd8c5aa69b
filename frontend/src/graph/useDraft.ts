import { useStore } from 'zustand'
import type { Project } from './document'
import { draftActions, draftHistory, draftStore } from './draft'

/** A part of the draft; the component renders again when that part changes. */
export function useDraft<T>(selector: (draft: Project) => T): T {
  return useStore(draftStore, selector)
}

/** How many steps can be undone and redone. */
export function useUndoDepth(): { undo: number; redo: number } {
  const undo = useStore(draftHistory, (state) => state.pastStates.length)
  const redo = useStore(draftHistory, (state) => state.futureStates.length)
  return { undo, redo }
}

export { draftActions, draftStore }
