import type { Edge, Graph } from './document'

/** Whether data from `from` reaches `to` along the wires (a node reaches itself). */
export function reaches(graph: Pick<Graph, 'edges'>, from: string, to: string): boolean {
  const next = successors(graph.edges)
  const seen = new Set<string>()
  const open = [from]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (id === to) return true
    if (seen.has(id)) continue
    seen.add(id)
    open.push(...(next.get(id) ?? []))
  }
  return false
}

/** Whether a wire from `source` to `target` would close a circle. */
export function wouldCycle(graph: Pick<Graph, 'edges'>, source: string, target: string): boolean {
  return reaches(graph, target, source)
}

/** Node ids so that every node comes after what feeds it; nodes in a circle come last, in drawing order. */
export function topologicalOrder(graph: Pick<Graph, 'nodes' | 'edges'>): string[] {
  const waiting = new Map(graph.nodes.map((node) => [node.id, 0]))
  for (const edge of graph.edges) waiting.set(edge.target, (waiting.get(edge.target) ?? 0) + 1)
  const next = successors(graph.edges)
  const order: string[] = []
  const ready = graph.nodes.filter((node) => waiting.get(node.id) === 0).map((node) => node.id)
  for (let id = ready.shift(); id !== undefined; id = ready.shift()) {
    order.push(id)
    for (const target of next.get(id) ?? []) {
      const left = (waiting.get(target) ?? 0) - 1
      waiting.set(target, left)
      if (left === 0) ready.push(target)
    }
  }
  const done = new Set(order)
  return [...order, ...graph.nodes.map((node) => node.id).filter((id) => !done.has(id))]
}

function successors(edges: readonly Edge[]): Map<string, string[]> {
  const next = new Map<string, string[]>()
  for (const edge of edges) {
    const targets = next.get(edge.source)
    if (targets) targets.push(edge.target)
    else next.set(edge.source, [edge.target])
  }
  return next
}
