/** What a run tells of its layers, told of the nodes of a drawing. Pure. */

import type { EventOf, LayerSigns } from '../api/types'
import type { NodeFinding, NodeSigns } from '../editor/learning'
import { blockName, type Graph, type Node } from '../graph/document'
import { layerNames } from '../graph/naming'

/** The layers of each node by its path: the node's own, or all that a block holds, in every copy of it. */
export type LayersOfNodes = ReadonlyMap<string, readonly string[]>

/** Which layers belong to which node. Names inside blocks are made as the server makes them: block, copy, layer. */
export function layersOfNodes(graph: Graph, known: ReadonlySet<string>): LayersOfNodes {
  const found = new Map<string, string[]>()
  walk(graph, { root: graph, path: '', names: [''], within: [], known, found })
  return found
}

interface Place {
  root: Graph
  path: string
  /** What leads in the names of layers here; several where a block around is repeated. */
  names: readonly string[]
  /** Blocks around, which can not hold themselves. */
  within: readonly string[]
  known: ReadonlySet<string>
  found: Map<string, string[]>
}

function walk(graph: Graph, place: Place): string[] {
  const names = layerNames(graph)
  return graph.nodes.flatMap((node) => {
    const owner = node.shares ?? node.id
    const own = place.names.map((lead) => lead + (names.get(owner) ?? ''))
    const layers = inBlock(node, own, place) ?? own.filter((name) => place.known.has(name))
    place.found.set(place.path + node.id, layers)
    return layers
  })
}

/** The layers of a block node; null for any other. */
function inBlock(node: Node, own: readonly string[], place: Place): string[] | null {
  const name = blockName(node.type)
  const block = name === null ? undefined : place.root.blocks[name]
  if (name === null || !block || place.within.includes(name)) return null
  const repeat = typeof node.config.repeat === 'number' ? node.config.repeat : 1
  const copies = Array.from({ length: repeat }, (_, index) => (repeat === 1 ? '' : `${index + 1}_`))
  const names = own.flatMap((lead) => copies.map((copy) => `${lead}_${copy}`))
  const path = `${place.path}${node.id}.1.`
  return walk(
    { ...block.graph, blocks: place.root.blocks },
    { ...place, path, names, within: [...place.within, name] },
  )
}

/** The signs of each node at one look; of several layers together the length of all gradients and the worst of the rest. */
export function signsOfNodes(
  layers: LayersOfNodes,
  told: Readonly<Record<string, LayerSigns>>,
): Map<string, NodeSigns> {
  const signs = new Map<string, NodeSigns>()
  for (const [path, names] of layers) {
    const wanted = new Set(names)
    // In the order of the model, which is that of what is told.
    const own = Object.entries(told).flatMap(([name, layer]) => (wanted.has(name) ? [layer] : []))
    if (own.length > 0) signs.set(path, together(own))
  }
  return signs
}

function together(layers: readonly LayerSigns[]): NodeSigns {
  const all = (sign: keyof LayerSigns) => layers.flatMap((layer) => layer[sign] ?? [])
  const gradients = all('gradient')
  return {
    gradient: gradients.length > 0 ? Math.hypot(...gradients) : null,
    // What comes back along the wire from a block has come to its last layer.
    outputGradient: all('output_gradient').at(-1) ?? null,
    updateRatio: most(all('update_ratio')),
    dead: most(all('dead')),
    saturated: most(all('saturated')),
  }
}

function most(values: readonly number[]): number | null {
  return values.length > 0 ? Math.max(...values) : null
}

/** The smallest and the largest gradient of a wire; null where there is none. */
export function spanOf(signs: ReadonlyMap<string, NodeSigns>): [number, number] | null {
  const norms = [...signs.values()].flatMap(({ outputGradient }) => (outputGradient ? [outputGradient] : []))
  return norms.length > 0 ? [Math.min(...norms), Math.max(...norms)] : null
}

/** The findings at each node up to an epoch. */
export function findingsOfNodes(
  layers: LayersOfNodes,
  findings: readonly EventOf<'finding'>[],
  epoch: number,
): Map<string, NodeFinding[]> {
  const found = new Map<string, NodeFinding[]>()
  for (const [path, names] of layers) {
    const own = findings.filter(
      (one) => one.layer !== null && names.includes(one.layer) && (one.epoch ?? 0) <= epoch,
    )
    if (own.length > 0) found.set(path, own)
  }
  return found
}
