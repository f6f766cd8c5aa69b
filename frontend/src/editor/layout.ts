import type { ELK, ElkNode } from 'elkjs/lib/elk-api'
import workerUrl from 'elkjs/lib/elk-worker.min.js?url'
import type { Graph, Point } from '../graph/document'
import { depthOf } from '../graph/topology'

const SPACING: Point = [56, 36]
/** Past this many layers in a row, a ribbon is wrapped into lines that fit a screen. */
const WRAP_DEPTH = 5

interface Size {
  width: number
  height: number
}

let engine: Promise<ELK> | null = null

/** The layout engine in its own worker, started at its first use. */
function elk(): Promise<ELK> {
  engine ??= import('elkjs/lib/elk-api.js').then(({ default: Engine }) => new Engine({ workerUrl }))
  return engine
}

/**
 * A place for every node, left to right along the wires, so that the drawing's upper left corner stays where it was.
 * `ids` limits it to some of the nodes.
 */
export async function arrange(
  graph: Graph,
  size: (id: string) => Size,
  ids: readonly string[] = graph.nodes.map((node) => node.id),
): Promise<Record<string, Point>> {
  const chosen = new Set(ids)
  const inside = graph.edges.filter((edge) => chosen.has(edge.source) && chosen.has(edge.target))
  const answer = await (await elk()).layout({
    id: 'root',
    layoutOptions: options(depthOf(graph)),
    children: ids.map((id) => ({ id, ...size(id) })),
    edges: inside.map((edge, index) => ({ id: `e${index}`, sources: [edge.source], targets: [edge.target] })),
  })
  return placed(answer, origin(graph, ids))
}

function options(depth: number): Record<string, string> {
  return {
    'elk.algorithm': 'layered',
    'elk.direction': 'RIGHT',
    'elk.spacing.nodeNode': String(SPACING[1]),
    'elk.layered.spacing.nodeNodeBetweenLayers': String(SPACING[0]),
    'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
    'elk.layered.nodePlacement.strategy': 'NETWORK_SIMPLEX',
    ...(depth > WRAP_DEPTH
      ? {
          'elk.layered.wrapping.strategy': 'MULTI_EDGE',
          'elk.aspectRatio': '1.7',
          'elk.layered.wrapping.additionalEdgeSpacing': '32',
        }
      : {}),
  }
}

function placed(answer: ElkNode, [left, top]: Point): Record<string, Point> {
  const children = answer.children ?? []
  const x = Math.min(...children.map((child) => child.x ?? 0))
  const y = Math.min(...children.map((child) => child.y ?? 0))
  return Object.fromEntries(
    children.map((child): [string, Point] => [
      child.id,
      [Math.round((child.x ?? 0) - x + left), Math.round((child.y ?? 0) - y + top)],
    ]),
  )
}

function origin(graph: Graph, ids: readonly string[]): Point {
  const places = ids.map((id): Point => graph.layout[id] ?? [0, 0])
  return [Math.min(...places.map(([x]) => x)), Math.min(...places.map(([, y]) => y))]
}
