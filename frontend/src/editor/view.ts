import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { End } from '../graph/connect'
import type { Point } from '../graph/document'

/** A search for a node to add: where it stands on the screen, where the node goes, what it is to be joined to. */
export interface Search {
  screen: Point
  place: Point
  /** The loose end of a wire that the new node takes, and on which side of the new node it enters. */
  from: (End & { side: 'source' | 'target' }) | null
}

/** What is only about looking and pointing: never saved with the drawing, never a step to undo. */
export interface View {
  nodes: readonly string[]
  edges: readonly string[]
  search: Search | null
  dialog: 'commands' | 'shortcuts' | 'connect' | 'find' | null
  /** The node that the pointer is over. */
  hovered: string | null
  /** While a wire is drawn or a column dragged: the nodes where it could end. */
  fitting: ReadonlySet<string> | null
  /** The node that a dragged column would be bound to. */
  landing: string | null
  /** The wire that a dragged node would be put into. */
  splice: string | null
  /** The field to point at, after a jump from a problem; `turn` counts, so that the same field can be asked again. */
  field: { node: string; parameter: string; turn: number } | null
  /** Ask for the name field of the inspector. */
  renaming: number
  navigation: 'mouse' | 'trackpad'
  minimap: boolean
}

const NAVIGATION_KEY = 'layerloom.navigation'
/** On a narrower window the map would cover what it shows. */
const NARROW_PX = 1200
const MINIMAP_KEY = 'layerloom.minimap'

export const viewStore = createStore<View>(() => ({
  nodes: [],
  edges: [],
  hovered: null,
  search: null,
  dialog: null,
  fitting: null,
  landing: null,
  splice: null,
  field: null,
  renaming: 0,
  navigation: localStorage.getItem(NAVIGATION_KEY) === 'trackpad' ? 'trackpad' : 'mouse',
  minimap: (localStorage.getItem(MINIMAP_KEY) ?? (window.innerWidth < NARROW_PX ? 'off' : 'on')) === 'on',
}))

export function useView<T>(selector: (view: View) => T): T {
  return useStore(viewStore, selector)
}

export const viewActions = {
  select(nodes: readonly string[], edges: readonly string[] = []): void {
    viewStore.setState({ nodes, edges })
  },
  clear(): void {
    viewStore.setState({ nodes: [], edges: [], search: null, dialog: null, field: null })
  },
  openSearch(search: Search): void {
    viewStore.setState({ search, dialog: null })
  },
  closeSearch(): void {
    viewStore.setState({ search: null })
  },
  openDialog(dialog: View['dialog']): void {
    viewStore.setState({ dialog, search: null })
  },
  /** Selects a node and points at one of its fields. */
  pointAt(node: string, parameter: string | null): void {
    const turn = (viewStore.getState().field?.turn ?? 0) + 1
    viewStore.setState({ nodes: [node], edges: [], field: parameter ? { node, parameter, turn } : null })
  },
  rename(): void {
    viewStore.setState(({ renaming }) => ({ renaming: renaming + 1 }))
  },
  setNavigation(navigation: View['navigation']): void {
    localStorage.setItem(NAVIGATION_KEY, navigation)
    viewStore.setState({ navigation })
  },
  toggleMinimap(): void {
    const minimap = !viewStore.getState().minimap
    localStorage.setItem(MINIMAP_KEY, minimap ? 'on' : 'off')
    viewStore.setState({ minimap })
  },
}
