import { temporal } from 'zundo'
import { createStore } from 'zustand/vanilla'
import { renameInRecipe } from './binding'
import { renamePort } from './definitions'
import { emptyGraph, findNode, type Graph, type Project, type Recipe } from './document'
import type { JsonValue } from './json'
import { same } from './json'
import { layerNames } from './naming'
import { openedNames, openedStore, putIn, shownIn } from './opened'
import type { Problem } from './report'
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

/** The graph that is shown and edited: the drawing, or the definition of the opened block. */
export function shownGraph(): Graph {
  return shownIn(draftStore.getState().graph, openedStore.getState().path)
}

/** Replaces the shown graph by what `edit` makes of it; nothing happens where it stays the same. */
function editGraph(edit: (graph: Graph) => Graph, key: string | null = null): void {
  const { graph: root } = draftStore.getState()
  const { path } = openedStore.getState()
  const graph = shownIn(root, path)
  const next = edit(graph)
  if (next !== graph) change({ graph: putIn(root, path, next) }, key && [...path, key].join('.'))
}

/** Closes blocks that are no longer there, as after an undo. */
draftStore.subscribe(({ graph }) => {
  const { path } = openedStore.getState()
  const left = openedNames(graph, path).length
  if (left < path.length) openedStore.setState({ path: path.slice(0, left) })
})

/** Changes in the shown graph; names of the drawing's own Inputs and Outputs take the recipe along. */
function applyShown(changes: readonly Change[], key: string | null = null): void {
  if (openedStore.getState().path.length === 0) applyPatch(changes, key)
  else editGraph((graph) => applyChanges(graph, changes), key)
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

/** Names a node of the opened block; wires outside follow the name of a port. */
function renameInside(path: readonly string[], id: string, name: string | null): void {
  const { graph: root } = draftStore.getState()
  const graph = shownIn(root, path)
  const type = findNode(graph, id)?.type
  const block = openedNames(root, path).at(-1)
  const next = applyChanges(graph, [{ op: 'rename', node: id, name }])
  const renamed = putIn(root, path, next)
  const [before, after] = [layerNames(graph).get(id), layerNames(next).get(id)]
  const isPort = (type === 'Input' || type === 'Output') && block !== undefined && before && after
  change(
    { graph: isPort ? renamePort(renamed, block, type, before, after) : renamed },
    [...path, id, 'name'].join('.'),
  )
}

export const draftActions = {
  /** Opens a project; its history starts empty. */
  load(project: Project): void {
    burst = null
    openedStore.setState({ path: [] })
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
  /** What the opened file could not bring along has been seen: some of it, or all. Not a step to undo. */
  dismiss(seen: readonly Problem[]): void {
    const { importProblems = [] } = draftStore.getState()
    draftStore.setState({ importProblems: importProblems.filter((problem) => !seen.includes(problem)) })
  },
  /** Applies a fix or any list of changes of the drawing as one step, whatever block is open. */
  applyPatch,
  editGraph,
  /** Replaces the drawing itself with all its blocks, whatever block is open. */
  editDrawing(edit: (graph: Graph) => Graph, key: string | null = null): void {
    const { graph } = draftStore.getState()
    const next = edit(graph)
    if (next !== graph) change({ graph: next }, key)
  },
  setConfig(node: string, parameter: string, value: JsonValue): void {
    applyShown([{ op: 'set_config', node, parameter, value }], `${node}.${parameter}`)
  },
  unsetConfig(node: string, parameter: string): void {
    applyShown([{ op: 'unset_config', node, parameter }])
  },
  /** Names a layer; what the recipe says of an Input or Output follows it. */
  rename(node: string, name: string | null): void {
    const { path } = openedStore.getState()
    if (path.length === 0) applyPatch([{ op: 'rename', node, name }], `${node}.name`)
    else renameInside(path, node, name)
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
