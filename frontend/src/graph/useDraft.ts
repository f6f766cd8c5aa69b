import { useStore } from 'zustand'
import type { Graph, Project } from './document'
import { draftActions, draftHistory, draftStore } from './draft'
import { openedStore, shownIn } from './opened'

/** A part of the draft; the component renders again when that part changes. */
export function useDraft<T>(selector: (draft: Project) => T): T {
  return useStore(draftStore, selector)
}

/** A part of the graph that is shown: of the drawing, or of the opened block. */
export function useShown<T>(selector: (graph: Graph) => T): T {
  const path = useOpened()
  return useStore(draftStore, (draft) => selector(shownIn(draft.graph, path)))
}

/** The blocks that are open, by the ids of their nodes. */
export function useOpened(): readonly string[] {
  return useStore(openedStore, (opened) => opened.path)
}

/** How many steps can be undone and redone. */
export function useUndoDepth(): { undo: number; redo: number } {
  const undo = useStore(draftHistory, (state) => state.pastStates.length)
  const redo = useStore(draftHistory, (state) => state.futureStates.length)
  return { undo, redo }
}

export { draftActions, draftStore }
