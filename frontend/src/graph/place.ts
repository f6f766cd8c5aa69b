import type { Graph, Point } from './document'
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
