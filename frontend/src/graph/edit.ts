import type { NodeEntries } from './catalog'
import { portsOf } from './catalog'
import { freeInput, refusal, wire, type End } from './connect'
import type { Edge, Graph, Node, Point } from './document'
import { findNode, freeId, sameEdge } from './document'
import type { JsonObject } from './json'
import { givenNames, uniqueName } from './naming'
import { applyChanges } from './patch'
import { passOn } from './share'

/** A node's place on the canvas, in canvas units; these are the steps a new neighbour is put away. */
export const STEP: Point = [220, 96]

export interface Added {
  graph: Graph
  id: string
}

/** Adds a node. Inputs and Outputs get a name at once, because data and losses are bound by it. */
export function addNode(graph: Graph, type: string, at: Point, config: JsonObject = {}): Added {
  const id = freeId(graph)
  const named = type === 'Input' || type === 'Output'
  const name = named ? { name: uniqueName(type.toLowerCase(), new Set(givenNames(graph))) } : {}
  const node: Node = { id, type, ...name, config }
  return { graph: applyChanges(graph, [{ op: 'add_node', node, position: at }]), id }
}

/** Adds a node right of `after` and draws the wire where both have a free port for it. */
export function addAfter(
  graph: Graph,
  type: string,
  after: string,
  entries: NodeEntries,
  config: JsonObject = {},
): Added {
  const from = graph.layout[after] ?? [0, 0]
  const added = addNode(graph, type, freePlace(graph, [from[0] + STEP[0], from[1]]), config)
  return { graph: connectTo(added.graph, { node: after, port: null }, added.id, entries), id: added.id }
}

/** The graph with a wire from `from` into the next free port of `to`; unchanged where none fits. */
export function connectTo(graph: Graph, from: End, to: string, entries: NodeEntries): Graph {
  const target = findNode(graph, to)
  const port = target && freeInput(graph, target, entries)
  if (!port) return graph
  const edge = wire(graph, from, { node: to, port: port.name }, entries)
  return refusal(graph, edge, entries) === null ? addEdge(graph, edge) : graph
}

export function addEdge(graph: Graph, edge: Edge): Graph {
  return applyChanges(graph, [{ op: 'add_edge', edge }])
}

/** Puts another edge in the place of one, so that the order at a merge stays. */
export function replaceEdge(graph: Graph, old: Edge, edge: Edge): Graph {
  return { ...graph, edges: graph.edges.map((other) => (sameEdge(other, old) ? edge : other)) }
}

export function removeEdges(graph: Graph, gone: readonly Edge[]): Graph {
  return { ...graph, edges: graph.edges.filter((edge) => !gone.some((other) => sameEdge(edge, other))) }
}

/** Removes nodes and their wires; a layer that others share passes on to the first of them. `heal` joins what fed each of them to what it fed. */
export function removeNodes(graph: Graph, ids: readonly string[], heal = false): Graph {
  const inherited = passOn(graph, new Set(ids))
  const healed = heal ? ids.reduce(healAround, inherited) : inherited
  return applyChanges(
    healed,
    ids.filter((id) => findNode(healed, id)).map((node) => ({ op: 'remove_node', node })),
  )
}

/** The graph with the node bridged over: its own wires are gone, each way out starts where its first way in did. */
function healAround(graph: Graph, id: string): Graph {
  const before = graph.edges.find((edge) => edge.target === id)
  if (!before) return graph
  const edges = graph.edges.flatMap((edge) => {
    if (edge.target === id) return []
    return edge.source === id ? [bypass(before, edge)] : [edge]
  })
  return { ...graph, edges }
}

function bypass(before: Edge, after: Edge): Edge {
  return {
    source: before.source,
    target: after.target,
    ...(before.source_port ? { source_port: before.source_port } : {}),
    ...(after.target_port ? { target_port: after.target_port } : {}),
  }
}

/** Puts an unwired node into a wire: source → node → target, in the wire's place. Unchanged where it has no ports for it. */
export function spliceInto(graph: Graph, id: string, edge: Edge, entries: NodeEntries): Graph {
  const node = findNode(graph, id)
  if (!node || edge.source === id || edge.target === id) return graph
  const ports = portsOf(node.type, entries)
  if (ports.inputs.length === 0 || ports.outputs.length === 0) return graph
  if (graph.edges.some((other) => other.source === id || other.target === id)) return graph
  const into: Edge = {
    source: edge.source,
    target: id,
    ...(edge.source_port ? { source_port: edge.source_port } : {}),
  }
  const out: Edge = {
    source: id,
    target: edge.target,
    ...(edge.target_port ? { target_port: edge.target_port } : {}),
  }
  return addEdge(replaceEdge(graph, edge, out), into)
}

/** The nearest place to `at`, going down, where no node lies yet. */
export function freePlace(graph: Pick<Graph, 'layout'>, at: Point): Point {
  const places = Object.values(graph.layout)
  const [x] = at
  let [, y] = at
  while (places.some(([px, py]) => Math.abs(px - x) < 150 && Math.abs(py - y) < 64)) y += STEP[1]
  return [x, y]
}

export function moveNodes(graph: Graph, places: Readonly<Record<string, Point>>): Graph {
  return { ...graph, layout: { ...graph.layout, ...places } }
}
