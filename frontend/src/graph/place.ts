import type { Edge, Graph, Point } from './document'
import { STEP } from './edit'
import { topologicalOrder } from './topology'

/** Gives every node without a place one: a column for each step along the wires, nodes of a column below each other. */
export function placeMissing(graph: Graph): Graph {
  if (graph.nodes.every((node) => node.id in graph.layout)) return graph
  const column = new Map<string, number>()
  const filled = new Map<number, number>()
  const layout = { ...graph.layout }
  for (const id of topologicalOrder(graph)) {
    const before = graph.edges
      .filter((edge) => edge.target === id)
      .map((edge) => column.get(edge.source) ?? 0)
    const x = before.length === 0 ? 0 : Math.max(...before) + 1
    const y = filled.get(x) ?? 0
    column.set(id, x)
    filled.set(x, y + 1)
    layout[id] ??= [x * STEP[0], y * STEP[1]] satisfies Point
  }
  return { ...graph, layout }
}

const ROW: number = STEP[1] / 2

/**
 * Makes room for a node that was put into a wire along a row: it takes the place after the wire's source, and what lies
 * there and further right moves on by one step. A wire that is long enough, or turns into another row, stays as it is.
 */
export function makeRoom(graph: Graph, id: string, edge: Edge): Graph {
  const { [edge.source]: from, [edge.target]: to } = graph.layout
  if (!from || !to || Math.abs(from[1] - to[1]) >= ROW) return graph
  const gap = to[0] - from[0]
  if (gap < 0 || gap >= 2 * STEP[0]) return graph
  const layout = { ...graph.layout }
  for (const [other, [x, y]] of Object.entries(graph.layout)) {
    if (other !== id && x >= to[0] && Math.abs(y - to[1]) < ROW) layout[other] = [x + STEP[0], y]
  }
  layout[id] = to
  return { ...graph, layout }
}
