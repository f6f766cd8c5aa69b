import type { ELK, ElkNode } from 'elkjs/lib/elk-api'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Graph, Point } from '../graph/document'
import { inLines, type Box, type Size } from '../graph/lines'

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
    children: ids.map((id) => ({ id, ...size(id) })),
    edges: inside.map((edge, index) => ({ id: `e${index}`, sources: [edge.source], targets: [edge.target] })),
  })
  const [left, top] = origin(graph, ids)
  const places = Object.entries(inLines(boxes(answer), screen))
  return Object.fromEntries(places.map(([id, [x, y]]): [string, Point] => [id, [x + left, y + top]]))
}

function boxes(answer: ElkNode): Box[] {
  const children = answer.children ?? []
  return children.map(({ id, x = 0, y = 0, width = 0, height = 0 }) => ({ id, x, y, width, height }))
}

function origin(graph: Graph, ids: readonly string[]): Point {
  const places = ids.map((id): Point => graph.layout[id] ?? [0, 0])
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))]
}
