import type { ELK, ElkNode, ElkPort } from 'elkjs/lib/elk-api'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import { portsOf, type NodeEntries } from '../graph/catalog'
import { sourcePort, targetPort } from '../graph/connect'
import { findNode, type Edge, type Graph, type Node, type Point } from '../graph/document'
import { inLines, type Box, type Size } from '../graph/lines'
import { portTop } from './portPlaces'

const SPACING: Point = [56, 36]

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.spacing.nodeNode': String(SPACING[1]),
  'elk.layered.spacing.nodeNodeBetweenLayers': String(SPACING[0]),
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
}

let engine: Promise<ELK> | null = null

/** The layout engine in its own worker, started at its first use. */
function elk(): Promise<ELK> {
  engine ??= import('elkjs/lib/elk-api.js').then(({ default: Engine }) => new Engine({ workerUrl }))
  return engine
}

/**
 * A place for every node, left to right along the wires and in lines that suit the screen; the drawing's upper left
 * corner stays where it was. `ids` limits it to some of the nodes.
 */
export async function arrange(
  graph: Graph,
  size: (id: string) => Size,
  entries: NodeEntries,
  screen: Size,
  ids: readonly string[] = graph.nodes.map((node) => node.id),
): Promise<Record<string, Point>> {
  const chosen = new Set(ids)
  const inside = graph.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target))
  const answer = await (
    await elk()
  ).layout({
    id: 'root',
    layoutOptions: OPTIONS,
    children: graph.nodes.filter(({ id }) => chosen.has(id)).map((node) => box(node, size(node.id), entries)),
    edges: inside.map((edge, index) => ({ id: `e${index}`, ...ends(edge, graph, entries) })),
  })
  const [left, top] = origin(graph, ids)
  const places = Object.entries(inLines(boxes(answer), screen))
  return Object.fromEntries(places.map(([id, [x, y]]): [string, Point] => [id, [x + left, y + top]]))
}

/** A node with its ports where they are drawn, so that wires come out straight. */
function box(node: Node, size: Size, entries: NodeEntries): ElkNode {
  const { inputs, outputs } = portsOf(node.type, entries)
  const stand = (side: 'in' | 'out', all: readonly { name: string }[]): ElkPort[] =>
    all.map(({ name }, index) => ({
      id: portId(node.id, side, name),
      x: side === 'in' ? 0 : size.width,
      y: portTop(index, all.length),
      layoutOptions: { 'elk.port.side': side === 'in' ? 'WEST' : 'EAST' },
    }))
  return {
    id: node.id,
    ...size,
    ports: [...stand('in', inputs), ...stand('out', outputs)],
    layoutOptions: { 'elk.portConstraints': 'FIXED_POS' },
  }
}

/** The ports that a wire joins; where a type does not have the port that it names, the node itself. */
function ends(edge: Edge, graph: Graph, entries: NodeEntries): { sources: string[]; targets: string[] } {
  const end = (id: string, side: 'in' | 'out', port: (node: Node) => string): string => {
    const node = findNode(graph, id)
    if (!node) return id
    const { inputs, outputs } = portsOf(node.type, entries)
    const name = port(node)
    return (side === 'in' ? inputs : outputs).some((one) => one.name === name) ? portId(id, side, name) : id
  }
  return {
    sources: [end(edge.source, 'out', (node) => sourcePort(edge, node, entries))],
    targets: [end(edge.target, 'in', (node) => targetPort(edge, node, entries))],
  }
}

function portId(node: string, side: 'in' | 'out', port: string): string {
  return [node, side, port].join('\u0000')
}

function boxes(answer: ElkNode): Box[] {
  const children = answer.children ?? []
  return children.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => ({ id, x, y, width, height }))
}

function origin(graph: Graph, ids: readonly string[]): Point {
  const places = ids.map((id): Point => graph.layout[id] ?? [0, 0])
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))]
}
