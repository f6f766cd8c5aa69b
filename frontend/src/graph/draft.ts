import { temporal } from 'zundo'
import { createStore } from 'zustand/vanilla'
import { renameInRecipe } from './binding'
import { emptyGraph, findNode, type Graph, type Project, type Recipe } from './document'
import type { JsonValue } from './json'
import { same } from './json'
import { layerNames } from './naming'
import { applyChanges, applyToRecipe, setRecipePath, type Change } from './patch'

/** The id of the empty draft that stands there before any project is opened. */
export const UNOPENED = 'draft'

/** Changes of one place that follow each other faster than this are one step to undo. */
const BURST_MS = 800
const HISTORY = 200

type Undoable = Pick<Project, 'name' | 'graph' | 'recipe' | 'weights'>

/** The drawing being worked on. Every change goes through `draftActions`, so that it can be undone. */
export const draftStore = createStore<Project>()(
  temporal((): Project => ({ id: UNOPENED, name: 'Untitled', graph: emptyGraph(), recipe: null }), {
    limit: HISTORY,
    partialize: ({ name, graph, recipe, weights = null }): Undoable => ({ name, graph, recipe, weights }),
    equality: (past, current) =>
      past.graph === current.graph &&
      past.recipe === current.recipe &&
      past.name === current.name &&
      past.weights === current.weights,
  }),
)

export const draftHistory = draftStore.temporal

let burst: { key: string; until: number } | null = null

/** Sets the draft; a `key` names the place touched, so that a burst of typing there is one step. */
function change(next: Partial<Undoable>, key: string | null = null): void {
  const now = Date.now()
  const goesOn = key !== null && burst?.key === key && now < burst.until
  burst = key === null ? null : { key, until: now + BURST_MS }
  if (goesOn) draftHistory.getState().pause()
  draftStore.setState(next)
  if (goesOn) draftHistory.getState().resume()
}

/** Replaces the graph by what `edit` makes of it; nothing happens where it stays the same. */
function editGraph(edit: (graph: Graph) => Graph, key: string | null = null): void {
  const { graph } = draftStore.getState()
  const next = edit(graph)
  if (next !== graph) change({ graph: next }, key)
}

function applyPatch(changes: readonly Change[], key: string | null = null): void {
  const { graph, recipe } = draftStore.getState()
  const renames = changes.filter((one) => one.op === 'rename')
  const bound = renames.reduce((current, { node, name }) => followRename(graph, current, node, name), recipe)
  const next = { graph: applyChanges(graph, changes), recipe: applyToRecipe(bound, changes) }
  change(next, key)
}

function followRename(graph: Graph, recipe: Recipe | null, id: string, name: string | null): Recipe | null {
  const node = findNode(graph, id)
  const before = layerNames(graph).get(id)
  if (!recipe || !node || !before) return recipe
  const renamed = { ...graph, nodes: graph.nodes.map((one) => (one === node ? { ...one, name } : one)) }
  const after = layerNames(renamed).get(id) ?? before
  return renameInRecipe(recipe, before, after)
}

export const draftActions = {
  /** Opens a project; its history starts empty. */
  load(project: Project): void {
    burst = null
    draftStore.setState(project, true)
    draftHistory.getState().clear()
  },
  setName(name: string): void {
    const { graph } = draftStore.getState()
    change({ name, graph: { ...graph, name } }, 'name')
  },
  /** Sets one place of the recipe, by the keys from its root. */
  setRecipe(path: string[], value: JsonValue): void {
    change({ recipe: setRecipePath(draftStore.getState().recipe, path, value) }, `recipe.${path.join('.')}`)
  },
  replaceRecipe(recipe: Recipe | null): void {
    if (same(recipe as unknown as JsonValue, draftStore.getState().recipe as unknown as JsonValue)) return
    change({ recipe })
  },
  /** Training starts afresh again. */
  dropWeights(): void {
    change({ weights: null })
  },
  /** Applies a fix or any list of changes as one step. */
  applyPatch,
  editGraph,
  setConfig(node: string, parameter: string, value: JsonValue): void {
    applyPatch([{ op: 'set_config', node, parameter, value }], `${node}.${parameter}`)
  },
  unsetConfig(node: string, parameter: string): void {
    applyPatch([{ op: 'unset_config', node, parameter }])
  },
  /** Names a layer; what the recipe says of an Input or Output follows it. */
  rename(node: string, name: string | null): void {
    applyPatch([{ op: 'rename', node, name }], `${node}.name`)
  },
  undo(): void {
    burst = null
    draftHistory.getState().undo()
  },
  redo(): void {
    burst = null
    draftHistory.getState().redo()
  },
}
