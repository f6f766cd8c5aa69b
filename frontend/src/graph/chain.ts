import type { Graph, Node } from './document'

/** Why a drawing is no chain, the one form that a Sequential model has, and the node at which it stops being one. */
export interface ChainBreak {
  node: string | null
  reason: 'branches' | 'empty' | 'merges' | 'operation' | 'second' | 'shared'
}

/** Where the drawing stops being a chain; null if it is one. Nodes that lead to no Output do not count. */
export function chainBreak(graph: Pick<Graph, 'nodes' | 'edges'>): ChainBreak | null {
  const used = leadingToOutput(graph)
  const nodes = graph.nodes.filter((node) => used.has(node.id))
  for (const node of nodes) {
    const reason = breakAt(node, nodes, graph, used)
    if (reason) return { node: node.id, reason }
  }
  return nodes.some((node) => !isEnd(node)) ? null : { node: null, reason: 'empty' }
}

function breakAt(
  node: Node,
  nodes: readonly Node[],
  graph: Pick<Graph, 'edges'>,
  used: ReadonlySet<string>,
): ChainBreak['reason'] | null {
  if (isEnd(node) && nodes.find((other) => other.type === node.type) !== node) return 'second'
  if (graph.edges.filter((edge) => edge.source === node.id && used.has(edge.target)).length > 1)
    return 'branches'
  if (graph.edges.filter((edge) => edge.target === node.id).length > 1) return 'merges'
  if (node.shares) return 'shared'
  return /^(ops|applications)\./.test(node.type) ? 'operation' : null
}

function isEnd(node: Node): boolean {
  return node.type === 'Input' || node.type === 'Output'
}

function leadingToOutput(graph: Pick<Graph, 'nodes' | 'edges'>): Set<string> {
  const found = new Set<string>()
  const open = graph.nodes.filter((node) => node.type === 'Output').map((node) => node.id)
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (found.has(id)) continue
    found.add(id)
    open.push(...graph.edges.filter((edge) => edge.target === id).map((edge) => edge.source))
  }
  return found
}
