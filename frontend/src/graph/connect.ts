import type { InputPort, NodeEntries } from './catalog'
import { portsOf } from './catalog'
import type { Edge, Graph, Node } from './document'
import { findNode, sameEdge } from './document'
import { wouldCycle } from './topology'

/** Why a wire is refused while it is being drawn. */
export type Refusal = 'self' | 'unknown' | 'cycle' | 'taken' | 'twice'

/** The reason against this wire, or null where it may be drawn. `moving` is the wire whose end is being moved. */
export function refusal(graph: Graph, edge: Edge, entries: NodeEntries, moving?: Edge): Refusal | null {
  if (edge.source === edge.target) return 'self'
  const source = findNode(graph, edge.source)
  const target = findNode(graph, edge.target)
  if (!source || !target || portsOf(source.type, entries).outputs.length === 0) return 'unknown'
  const edges = moving ? graph.edges.filter((other) => !sameEdge(other, moving)) : graph.edges
  if (wouldCycle({ edges }, edge.source, edge.target)) return 'cycle'
  const port = inputPort(target, edge.target_port, entries)
  if (!port) return 'unknown'
  const there = edges.filter(
    (other) => other.target === edge.target && targetPort(other, target, entries) === port.name,
  )
  if (!port.variadic && there.length > 0) return 'taken'
  return there.some((other) => sameWire(other, edge, source, entries)) ? 'twice' : null
}

/**
 * The input port of a node that a next wire would take: the first required free one, then any free one. A port that has
 * its value in the config is not free.
 */
export function freeInput(graph: Graph, node: Node, entries: NodeEntries): InputPort | null {
  const taken = new Set(
    graph.edges.filter((edge) => edge.target === node.id).map((edge) => targetPort(edge, node, entries)),
  )
  const free = portsOf(node.type, entries).inputs.filter(
    (port) => port.variadic || (!taken.has(port.name) && (node.config[port.name] ?? null) === null),
  )
  return free.find((port) => port.required) ?? free[0] ?? null
}

/** The name of the port where a wire leaves its source: what it says, else the first. */
export function sourcePort(edge: Edge, source: Node, entries: NodeEntries): string {
  return edge.source_port ?? portsOf(source.type, entries).outputs[0]?.name ?? 'output'
}

/** The name of the port where a wire enters its target: what it says, else the first. */
export function targetPort(edge: Edge, target: Node, entries: NodeEntries): string {
  return edge.target_port ?? portsOf(target.type, entries).inputs[0]?.name ?? 'inputs'
}

/** A wire as the document keeps it: a port that is the first one is left out. */
export function wire(graph: Graph, from: End, to: End, entries: NodeEntries): Edge {
  const outputs = portsOf(findNode(graph, from.node)?.type ?? '', entries).outputs
  const inputs = portsOf(findNode(graph, to.node)?.type ?? '', entries).inputs
  return {
    source: from.node,
    target: to.node,
    ...(from.port !== null && from.port !== outputs[0]?.name ? { source_port: from.port } : {}),
    ...(to.port !== null && to.port !== inputs[0]?.name ? { target_port: to.port } : {}),
  }
}

/** One end of a wire; a port left out (null) is the first one. */
export interface End {
  node: string
  port: string | null
}

function inputPort(
  target: Node,
  name: string | null | undefined,
  entries: NodeEntries,
): InputPort | undefined {
  const inputs = portsOf(target.type, entries).inputs
  return name ? inputs.find((port) => port.name === name) : inputs[0]
}

function sameWire(left: Edge, right: Edge, source: Node, entries: NodeEntries): boolean {
  return (
    left.source === right.source && sourcePort(left, source, entries) === sourcePort(right, source, entries)
  )
}
