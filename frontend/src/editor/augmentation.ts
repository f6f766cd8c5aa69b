/** Layers that change pictures in training alone, and the draws of theirs that are looked at. */

import { create } from 'zustand'
import type { Edge, Graph, Node } from '../graph/document'

const BY_OTHER_NAMES = new Set(['AugMix', 'CutMix', 'MixUp', 'RandAugment'])

/** Whether a layer of this class changes its pictures by chance. */
export function isAugmentation(type: string): boolean {
  return /^Random[A-Z]/.test(type) || BY_OTHER_NAMES.has(type)
}

/** The part of a drawing that what reaches and leaves a node depends on: the node and all before it. */
export function upTo(graph: Graph, id: string): { nodes: Node[]; edges: Edge[] } {
  const needed = new Set<string>()
  const waiting = [id]
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (needed.has(next)) continue
    needed.add(next)
    waiting.push(...graph.edges.filter(({ target }) => target === next).map(({ source }) => source))
    waiting.push(...graph.nodes.flatMap((node) => (node.id === next && node.shares ? [node.shares] : [])))
  }
  return {
    nodes: graph.nodes.filter((node) => needed.has(node.id)),
    edges: graph.edges.filter((edge) => needed.has(edge.source) && needed.has(edge.target)),
  }
}

interface Draws {
  /** By the path of a node; one that is not there has not been drawn anew yet. */
  seeds: Readonly<Record<string, number>>
  again: (path: string) => void
}

/** Which draw each node shows. */
export const useDraws = create<Draws>()((set) => ({
  seeds: {},
  again: (path) => set(({ seeds }) => ({ seeds: { ...seeds, [path]: (seeds[path] ?? 0) + 1 } })),
}))
