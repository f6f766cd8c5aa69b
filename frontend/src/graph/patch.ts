import type { Edge, Graph, Node, Point, Recipe } from './document'
import { sameEdge } from './document'
import type { JsonObject, JsonValue } from './json'
import { isObject } from './json'

/** A small change to a graph or its recipe, as data: the same words as the server's `graph/patch.py`. */
export type Change =
  | { op: 'set_config'; node: string; parameter: string; value: JsonValue }
  | { op: 'unset_config'; node: string; parameter: string }
  | { op: 'rename'; node: string; name: string | null }
  | { op: 'set_type'; node: string; type: string }
  | { op: 'add_node'; node: Node; position?: Point | null }
  | { op: 'remove_node'; node: string }
  | { op: 'add_edge'; edge: Edge; index?: number | null }
  | { op: 'remove_edge'; edge: Edge }
  | { op: 'in_block'; block: string; changes: Change[] }
  | { op: 'set_recipe'; path: string[]; value: JsonValue }

/** The graph after these changes, in order; `set_recipe` is passed over. Throws where one does not fit. */
export function applyChanges(graph: Graph, changes: readonly Change[]): Graph {
  return changes.reduce(applyOne, graph)
}

/** The recipe after the changes that touch it. */
export function applyToRecipe(recipe: Recipe | null, changes: readonly Change[]): Recipe | null {
  return changes.reduce<Recipe | null>(
    (current, change) =>
      change.op === 'set_recipe' ? setRecipePath(current, change.path, change.value) : current,
    recipe,
  )
}

/** A copy of the recipe with one place set; objects on the way are made where they are missing. */
export function setRecipePath(
  recipe: Recipe | null,
  path: readonly string[],
  value: JsonValue,
): Recipe | null {
  return setPath(recipe as unknown as JsonValue, path, value) as unknown as Recipe | null
}

function setPath(root: JsonValue, path: readonly string[], value: JsonValue): JsonValue {
  const [key, ...rest] = path
  if (key === undefined) return value
  if (Array.isArray(root)) {
    const copy = [...root]
    copy[Number(key)] = setPath(root[Number(key)] ?? null, rest, value)
    return copy
  }
  const parent: JsonObject = isObject(root) ? root : {}
  return { ...parent, [key]: setPath(parent[key] ?? null, rest, value) }
}

function applyOne(graph: Graph, change: Change): Graph {
  switch (change.op) {
    case 'set_config':
      return edit(graph, change.node, (node) => ({
        ...node,
        config: { ...node.config, [change.parameter]: change.value },
      }))
    case 'unset_config':
      return edit(graph, change.node, (node) => ({ ...node, config: without(node.config, change.parameter) }))
    case 'rename':
      return edit(graph, change.node, (node) => ({ ...node, name: change.name }))
    case 'set_type':
      return edit(graph, change.node, (node) => ({ ...node, type: change.type }))
    case 'add_node':
      return addNode(graph, change.node, change.position ?? null)
    case 'remove_node':
      return removeNode(graph, change.node)
    case 'add_edge':
      return addEdge(graph, change.edge, change.index ?? null)
    case 'remove_edge':
      return removeEdge(graph, change.edge)
    case 'in_block':
      return inBlock(graph, change.block, change.changes)
    case 'set_recipe':
      return graph
  }
}

function inBlock(graph: Graph, name: string, changes: readonly Change[]): Graph {
  const block = graph.blocks[name]
  if (!block) throw new Error(`there is no block '${name}' to change`)
  const changed = { ...block, graph: applyChanges(block.graph, changes) }
  return { ...graph, blocks: { ...graph.blocks, [name]: changed } }
}

function edit(graph: Graph, id: string, update: (node: Node) => Node): Graph {
  requireNode(graph, id)
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id ? update(node) : node)) }
}

function addNode(graph: Graph, node: Node, position: Point | null): Graph {
  if (graph.nodes.some((other) => other.id === node.id)) throw new Error(`node id '${node.id}' is used twice`)
  const layout = position === null ? graph.layout : { ...graph.layout, [node.id]: position }
  return { ...graph, nodes: [...graph.nodes, node], layout }
}

function removeNode(graph: Graph, id: string): Graph {
  return {
    ...graph,
    nodes: graph.nodes.filter((node) => node.id !== id),
    edges: graph.edges.filter((edge) => edge.source !== id && edge.target !== id),
    layout: without(graph.layout, id),
  }
}

function addEdge(graph: Graph, edge: Edge, index: number | null): Graph {
  requireNode(graph, edge.source)
  requireNode(graph, edge.target)
  if (edge.source === edge.target) throw new Error(`a wire would join node '${edge.source}' to itself`)
  const edges = [...graph.edges]
  edges.splice(index ?? edges.length, 0, edge)
  return { ...graph, edges }
}

function removeEdge(graph: Graph, edge: Edge): Graph {
  const at = graph.edges.findIndex((other) => sameEdge(other, edge))
  if (at < 0) throw new Error(`there is no wire from '${edge.source}' to '${edge.target}' to remove`)
  return { ...graph, edges: graph.edges.filter((_, index) => index !== at) }
}

function requireNode(graph: Graph, id: string): void {
  if (!graph.nodes.some((node) => node.id === id)) throw new Error(`there is no node '${id}' to change`)
}

function without<T>(record: Record<string, T>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}
