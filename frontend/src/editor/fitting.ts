import type { NodeEntries } from '../graph/catalog'
import { freeInput, refusal, wire, type End } from '../graph/connect'
import type { Edge, Graph } from '../graph/document'

/** The nodes where a wire from this end could go; the node it comes from is always among them. */
export function fittingNodes(
  graph: Graph,
  from: End & { side: 'source' | 'target' },
  entries: NodeEntries,
  moving?: Edge,
): Set<string> {
  const fits = graph.nodes.filter((node) => {
    if (from.side === 'target') {
      return (
        refusal(graph, wire(graph, { node: node.id, port: null }, from, entries), entries, moving) === null
      )
    }
    const port = freeInput(graph, node, entries)
    if (!port) return false
    const edge = wire(graph, from, { node: node.id, port: port.name }, entries)
    return refusal(graph, edge, entries, moving) === null
  })
  return new Set([from.node, ...fits.map((node) => node.id)])
}
