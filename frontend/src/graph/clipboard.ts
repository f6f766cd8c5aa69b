import type { Edge, Graph, Node, Point } from './document'
import { freeId } from './document'
import { bring, calledBlocks, recalled } from './definitions'
import { givenNames, uniqueName } from './naming'
import { ownerOf } from './share'

const KIND = 'layerloom/nodes'

/** Nodes with the wires among them, as they travel through the system clipboard. */
export interface Clipping {
  kind: typeof KIND
  nodes: Node[]
  edges: Edge[]
  layout: Record<string, Point>
  /** The definitions of the blocks that are called. */
  blocks: Graph['blocks']
}

export interface Pasted {
  graph: Graph
  ids: string[]
}

/** The chosen nodes, the wires among them and where they lie. */
export function clip(graph: Graph, ids: readonly string[]): Clipping {
  const chosen = new Set(ids)
  const nodes = graph.nodes.filter((node) => chosen.has(node.id)).map((node) => whole(graph, node, chosen))
  const called = calledBlocks(nodes, graph.blocks)
  return {
    kind: KIND,
    nodes,
    blocks: Object.fromEntries(Object.entries(graph.blocks).filter(([name]) => called.has(name))),
    edges: graph.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target)),
    layout: Object.fromEntries(Object.entries(graph.layout).filter(([id]) => chosen.has(id))),
  }
}

/** What a clipboard text holds, or null where it is something else. */
export function parseClipping(text: string): Clipping | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  return isClipping(value) ? { ...value, blocks: isBlocks(value.blocks) ? value.blocks : {} } : null
}

/** Adds the clipping with fresh ids and names; its upper left corner comes to lie at `at`. */
export function paste(graph: Graph, clipping: Clipping, at: Point): Pasted {
  const ids = new Map<string, string>()
  const names = new Set(givenNames(graph))
  const nodes = [...graph.nodes]
  const brought = bring(graph.blocks, clipping.blocks)
  for (const node of recalled(clipping.nodes, brought.names)) {
    const id = freeId({ nodes })
    ids.set(node.id, id)
    nodes.push(renamed({ ...node, id }, names))
  }
  const fresh = (id: string): string => ids.get(id) ?? id
  const edges = clipping.edges.map((edge) => ({
    ...edge,
    source: fresh(edge.source),
    target: fresh(edge.target),
  }))
  const layout = { ...graph.layout, ...shifted(clipping, at, fresh) }
  const result = {
    ...graph,
    nodes: nodes.map((node) => shared(node, ids, graph.nodes)),
    blocks: brought.blocks,
    edges: [...graph.edges, ...edges],
    layout,
  }
  return { graph: result, ids: [...ids.values()] }
}

/** Where the upper left corner of these nodes lies. */
export function corner(layout: Readonly<Record<string, Point>>): Point {
  const places = Object.values(layout)
  if (places.length === 0) return [0, 0]
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))]
}

/** A node that shares a layer which stays behind takes the layer's settings along. */
function whole(graph: Graph, node: Node, chosen: ReadonlySet<string>): Node {
  return node.shares && !chosen.has(node.shares) ? { ...node, config: ownerOf(graph, node).config } : node
}

function renamed(node: Node, names: Set<string>): Node {
  if (!node.name) return node
  const name = uniqueName(node.name, names)
  names.add(name)
  return { ...node, name }
}

/**
 * A pasted node that shared its weights with a node pasted along shares them with that copy; else it shares on with the
 * node that it left, where that one is here, or has weights of its own.
 */
function shared(node: Node, ids: ReadonlyMap<string, string>, there: readonly Node[]): Node {
  if (!node.shares || ![...ids.values()].includes(node.id)) return node
  const copy = ids.get(node.shares)
  if (copy) return { ...node, shares: copy }
  if (there.some((one) => one.id === node.shares && one.type === node.type && !one.shares)) return node
  const own = { ...node }
  delete own.shares
  return own
}

function isBlocks(value: unknown): value is Graph['blocks'] {
  if (typeof value !== 'object' || value === null) return false
  return Object.values(value as Partial<Graph['blocks']>).every(
    (block) => Array.isArray(block?.graph.nodes) && block.graph.nodes.every(isNode),
  )
}

function shifted(clipping: Clipping, at: Point, fresh: (id: string) => string): Record<string, Point> {
  const [left, top] = corner(clipping.layout)
  const place = ([x, y]: Point): Point => [x - left + at[0], y - top + at[1]]
  return Object.fromEntries(
    clipping.nodes.map((node) => [fresh(node.id), place(clipping.layout[node.id] ?? [left, top])]),
  )
}

function isClipping(value: unknown): value is Clipping {
  if (typeof value !== 'object' || value === null) return false
  const { kind, nodes, edges, layout } = value as Partial<Record<keyof Clipping, unknown>>
  const isList = Array.isArray(nodes) && Array.isArray(edges)
  return kind === KIND && isList && nodes.every(isNode) && typeof layout === 'object' && layout !== null
}

function isNode(value: unknown): value is Node {
  if (typeof value !== 'object' || value === null) return false
  const { id, type, config } = value as Partial<Node>
  return typeof id === 'string' && typeof type === 'string' && typeof config === 'object'
}
