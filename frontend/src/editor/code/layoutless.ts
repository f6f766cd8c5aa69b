import type { Graph } from '../../graph/document'

/** The drawing without the places of its nodes, which mean nothing to Keras. */
export function layoutless(graph: Graph): Omit<Graph, 'layout'> {
  const { version, name, nodes, edges, blocks } = graph
  return { version, name, nodes, edges, blocks }
}
