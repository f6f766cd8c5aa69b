/** What can be done with blocks and shared layers on the canvas. */

import i18next from 'i18next'
import { toast } from 'sonner'
import { unpackApplication } from '../api/graphs'
import { detach, removeBlock, turnIntoBlock } from '../graph/definitions'
import { isPretrained } from '../graph/application'
import { blockName, findNode, type Node } from '../graph/document'
import { draftActions, draftStore, shownGraph } from '../graph/draft'
import { freePlace, moveNodes, STEP } from '../graph/edit'
import { group, groupRefusal } from '../graph/group'
import { title, typeName } from '../graph/naming'
import { nodesAlong, openedStore, putIn, reportPrefix, shownIn } from '../graph/opened'
import { canBeShared, duplicateShared } from '../graph/share'
import { unpack, unpackRefusal } from '../graph/unpack'
import { canvasSize, jumpTo, reveal } from './actions'
import { canvasStore } from './canvasStore'
import { arrange } from './layout'
import { viewActions, viewStore } from './view'

/** What a node takes on the canvas before it has been drawn there. */
const USUAL = { width: 164, height: 54 }

/** Opens the block that a node of the shown graph calls, in its place. */
export function openBlock(id: string): void {
  const graph = shownGraph()
  const name = blockName(findNode(graph, id)?.type ?? '')
  if (name === null || !(name in graph.blocks)) return
  openPath([...openedStore.getState().path, id])
}

/** Goes back out, by so many blocks; the block that was open is selected. */
export function closeBlocks(depth = openedStore.getState().path.length - 1): void {
  const { path } = openedStore.getState()
  const left = path[depth]
  openPath(path.slice(0, depth))
  if (left !== undefined) viewActions.select([left])
}

function openPath(path: readonly string[]): void {
  viewActions.clear()
  openedStore.setState({ path })
}

/** Opens the blocks along these ids and points at the last node. */
export function jumpInto(ids: readonly string[], parameter: string | null): void {
  const node = ids.at(-1)
  if (node === undefined) return
  const path = ids.slice(0, -1)
  if (path.join() !== openedStore.getState().path.join()) openPath(path)
  jumpTo(node, parameter)
}

/** Makes the selected nodes a block, or says why that can not be. */
export function groupSelected(): void {
  const { nodes } = viewStore.getState()
  const graph = shownGraph()
  const refusal = groupRefusal(graph, nodes)
  if (refusal) {
    toast.warning(i18next.t(`editor:block.refused.${refusal}`))
    return
  }
  const made = group(graph, nodes, canvasStore.getState().entries, i18next.t('editor:block.newName'))
  draftActions.editGraph(() => made.graph)
  viewActions.select([made.id])
  reveal(made.id)
}

/** Puts a block's contents in the place of the node that calls it, or says why that can not be. */
export function unpackBlock(id: string): void {
  const graph = shownGraph()
  const { entries } = canvasStore.getState()
  const refusal = unpackRefusal(graph, id, entries)
  if (refusal) {
    toast.warning(i18next.t(`editor:block.whole.${refusal}`))
    return
  }
  const unpacked = unpack(graph, id, entries)
  draftActions.editGraph(() => unpacked.graph)
  viewActions.select(unpacked.ids)
}

/** Makes an application of the shown graph a block with its layers in it, laid out; says why where that can not be. */
export async function openApplication(node: Node): Promise<void> {
  const { id, graph } = draftStore.getState()
  const { path } = openedStore.getState()
  try {
    const block = await unpackApplication(graph, reportPrefix(path) + node.id)
    const layout = await arrange(block.graph, () => USUAL, canvasStore.getState().entries, canvasSize())
    if (draftStore.getState().id !== id) return
    if (!standsAt(node, path)) {
      toast.warning(i18next.t('editor:block.changed', { name: typeName(node.type) }))
      return
    }
    const made = { ...block, graph: { ...block.graph, layout } }
    draftActions.editDrawing((root) =>
      putIn(root, path, turnIntoBlock(shownIn(root, path), node.id, typeName(node.type), made)),
    )
    if (path.join() === openedStore.getState().path.join()) openBlock(node.id)
    if (isPretrained(node)) toast.warning(i18next.t('editor:block.untrained', { name: typeName(node.type) }))
  } catch (error) {
    toast.error(error instanceof Error ? error.message : String(error))
  }
}

/** Whether a node is still there as it was, in the graph at this path. */
function standsAt(node: Node, path: readonly string[]): boolean {
  return nodesAlong(draftStore.getState().graph, [...path, node.id])[path.length] === node
}

/** Gives a node a definition of its own. */
export function detachBlock(id: string): void {
  draftActions.editGraph((graph) => detach(graph, id))
}

/** Takes a definition that nobody calls out of the drawing. */
export function forgetBlock(name: string): void {
  draftActions.editDrawing((root) => removeBlock(root, name))
}

/** Adds a node that calls the layer of the selected one again. */
export function shareSelected(): void {
  const [id] = viewStore.getState().nodes
  const node = id === undefined ? undefined : findNode(shownGraph(), id)
  if (!node) return
  if (!canBeShared(node)) {
    toast.warning(i18next.t('editor:share.refused', { name: title(node) }))
    return
  }
  draftActions.editGraph((graph) => {
    const shared = duplicateShared(graph, node.id)
    const [x, y] = graph.layout[node.id] ?? [0, 0]
    viewActions.select([shared.id])
    return moveNodes(shared.graph, { [shared.id]: freePlace(graph, [x, y + STEP[1]]) })
  })
}

/** The id of the one selected node that calls a block, or null. */
export function selectedBlock(): string | null {
  const [id, ...others] = viewStore.getState().nodes
  if (id === undefined || others.length > 0) return null
  return blockName(findNode(shownGraph(), id)?.type ?? '') === null ? null : id
}
