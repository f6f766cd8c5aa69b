import { createStore } from 'zustand/vanilla'
import type { Graph, Node } from './document'
import { blockName, findNode } from './document'

/** The blocks that are open, from the drawing inwards: the id of each block node in the graph around it. */
export interface Opened {
  path: readonly string[]
}

/** Which graph the canvas shows and edits: the drawing itself, or the definition of an opened block. */
export const openedStore = createStore<Opened>(() => ({ path: [] }))

/** The names of the blocks along a path, as far as it leads: one that is gone ends it. */
export function openedNames(root: Graph, path: readonly string[]): string[] {
  const names: string[] = []
  let graph = root
  for (const id of path) {
    const name = blockName(findNode(graph, id)?.type ?? '')
    const block = name === null ? undefined : root.blocks[name]
    if (name === null || !block || names.includes(name)) break
    names.push(name)
    graph = block.graph
  }
  return names
}

const shown = new WeakMap<Graph, Map<string, Graph>>()

/** The graph at a path: the drawing, or a block's definition together with the blocks that it may call. */
export function shownIn(root: Graph, path: readonly string[]): Graph {
  const name = openedNames(root, path).at(-1)
  if (name === undefined) return root
  const known = shown.get(root) ?? new Map<string, Graph>()
  const block = root.blocks[name]
  const graph = known.get(name) ?? { ...(block?.graph ?? root), blocks: root.blocks }
  shown.set(root, known.set(name, graph))
  return graph
}

/** The drawing with the graph at a path replaced; blocks that came along with it become the drawing's. */
export function putIn(root: Graph, path: readonly string[], next: Graph): Graph {
  const name = openedNames(root, path).at(-1)
  if (name === undefined) return next
  const { blocks, ...graph } = next
  const block = blocks[name]
  if (!block) return { ...root, blocks }
  return { ...root, blocks: { ...blocks, [name]: { ...block, graph: { ...graph, blocks: {} } } } }
}

/** The nodes that these ids lead through, from the drawing inwards, as far as they are there. */
export function nodesAlong(root: Graph, ids: readonly string[]): Node[] {
  const nodes: Node[] = []
  for (const [depth, id] of ids.entries()) {
    const node = findNode(shownIn(root, ids.slice(0, depth)), id)
    if (!node) break
    nodes.push(node)
  }
  return nodes
}

/** What leads in a report from a node of the shown graph to the node in the first copy of the opened block. */
export function reportPrefix(path: readonly string[]): string {
  return path.map((id) => `${id}.1.`).join('')
}
