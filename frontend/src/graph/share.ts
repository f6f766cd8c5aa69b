/** One layer called at several nodes: the first holds it, the others name the first. */

import type { Graph, Node } from './document'
import { findNode, freeId } from './document'

/** The node that holds the layer of this node: itself, unless it shares another's. */
export function ownerOf(graph: Graph, node: Node): Node {
  return (node.shares ? findNode(graph, node.shares) : undefined) ?? node
}

const groups = new WeakMap<readonly Node[], ReadonlyMap<string, readonly string[]>>()

/** The ids of all nodes that call one layer, by the id of its owner; layers called once are left out. */
export function sharedGroups(graph: Pick<Graph, 'nodes'>): ReadonlyMap<string, readonly string[]> {
  const known = groups.get(graph.nodes)
  if (known) return known
  const found = new Map<string, string[]>()
  for (const { id, shares } of graph.nodes) {
    if (shares) found.set(shares, [...(found.get(shares) ?? [shares]), id])
  }
  groups.set(graph.nodes, found)
  return found
}

/** Whether a node calls something that holds weights: the ends of a graph and operations do not. */
export function canBeShared(node: Node): boolean {
  return node.type !== 'Input' && node.type !== 'Output' && !node.type.startsWith('ops.')
}

/** A second node that calls the layer of this one; it has no place yet. */
export function duplicateShared(graph: Graph, id: string): { graph: Graph; id: string } {
  const node = findNode(graph, id)
  if (!node || !canBeShared(node)) return { graph, id }
  const owner = ownerOf(graph, node)
  const copy: Node = { id: freeId(graph), type: owner.type, config: {}, shares: owner.id }
  return { graph: { ...graph, nodes: [...graph.nodes, copy] }, id: copy.id }
}

/** The graph in which layers whose owner goes pass on to the first node that shares them. */
export function passOn(graph: Graph, gone: ReadonlySet<string>): Graph {
  const heirs = new Map<string, string>()
  for (const node of graph.nodes) {
    if (node.shares && gone.has(node.shares) && !gone.has(node.id) && !heirs.has(node.shares))
      heirs.set(node.shares, node.id)
  }
  if (heirs.size === 0) return graph
  const nodes = graph.nodes.map((node) => {
    const heir = node.shares ? heirs.get(node.shares) : undefined
    if (heir === undefined) return node
    if (heir !== node.id) return { ...node, shares: heir }
    const own = { ...node, config: ownerOf(graph, node).config }
    delete own.shares
    return own
  })
  return { ...graph, nodes }
}
