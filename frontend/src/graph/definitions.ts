/** The blocks that a drawing defines: who calls them, and what becomes of them. */

import type { Block, Edge, Graph, JsonObject, Node } from './document'
import { blockName, blockType } from './document'
import { same, type JsonValue } from './json'
import { uniqueName } from './naming'

export type Blocks = Graph['blocks']

/** The names of the blocks that these nodes call, directly and inside the blocks that they call. */
export function calledBlocks(nodes: readonly Node[], blocks: Blocks): Set<string> {
  const called = new Set<string>()
  const open = [...nodes]
  for (let node = open.pop(); node; node = open.pop()) {
    const name = blockName(node.type)
    if (name === null || called.has(name)) continue
    called.add(name)
    open.push(...(blocks[name]?.graph.nodes ?? []))
  }
  return called
}

/** Whether calling `name` inside the block `around` would make a block contain itself. */
export function wouldRecur(name: string, around: string | null, blocks: Blocks): boolean {
  if (around === null) return false
  return name === around || calledBlocks(blocks[name]?.graph.nodes ?? [], blocks).has(around)
}

/** How often a block is called, in the drawing and in all other blocks. */
export function countCalls(root: Graph, name: string): number {
  const graphs = [root, ...Object.values(root.blocks).map((block) => block.graph)]
  return graphs.reduce(
    (count, graph) => count + graph.nodes.filter((node) => blockName(node.type) === name).length,
    0,
  )
}

/** The graph with a node, and those that share with it, turned into calls of a new block; inner blocks come along. */
export function turnIntoBlock(graph: Graph, id: string, wanted: string, block: Block): Graph {
  const { blocks, names } = bring(graph.blocks, block.graph.blocks)
  const name = uniqueName(wanted, new Set(Object.keys(blocks)))
  const own = { ...block.graph, nodes: recalled(block.graph.nodes, names), blocks: {} }
  const calls = graph.nodes.filter((node) => node.id === id || node.shares === id).map((node) => node.id)
  return {
    ...graph,
    nodes: graph.nodes.map((node) =>
      calls.includes(node.id) ? { ...node, type: blockType(name), config: {} } : node,
    ),
    edges: calls.reduce((edges, call) => edges.map((edge) => withoutPorts(edge, call)), graph.edges),
    blocks: { ...blocks, [name]: { ...block, graph: own } },
  }
}

/** A wire at this node holds on to its first port there: others had names that are no longer known. */
function withoutPorts({ source_port, target_port, ...ends }: Edge, id: string): Edge {
  return {
    ...ends,
    ...(source_port && ends.source !== id ? { source_port } : {}),
    ...(target_port && ends.target !== id ? { target_port } : {}),
  }
}

/** The drawing without a definition that nobody calls. */
export function removeBlock(root: Graph, name: string): Graph {
  if (countCalls(root, name) > 0) return root
  const blocks = Object.fromEntries(Object.entries(root.blocks).filter(([other]) => other !== name))
  return { ...root, blocks }
}

/** The drawing with a block under another name, and with it everyone who calls it. */
export function renameBlock(root: Graph, before: string, wanted: string): Graph {
  const others = new Set(Object.keys(root.blocks).filter((name) => name !== before))
  const after = uniqueName(wanted, others)
  if (after === before || !(before in root.blocks)) return root
  const renames = new Map([[before, after]])
  const entries = Object.entries(root.blocks).map(([name, block]): [string, Block] => [
    name === before ? after : name,
    { ...block, graph: { ...block.graph, nodes: recalled(block.graph.nodes, renames) } },
  ])
  return { ...root, nodes: recalled(root.nodes, renames), blocks: Object.fromEntries(entries) }
}

/** The drawing after a port of a block has another name: the wires outside hold on to it. */
export function renamePort(
  root: Graph,
  block: string,
  side: 'Input' | 'Output',
  before: string,
  after: string,
): Graph {
  const field = side === 'Input' ? 'target_port' : 'source_port'
  const end = side === 'Input' ? 'target' : 'source'
  const followed = (graph: Graph): Graph => {
    const calls = new Set(graph.nodes.filter((node) => blockName(node.type) === block).map((node) => node.id))
    const edges = graph.edges.map((edge) =>
      calls.has(edge[end]) && edge[field] === before ? { ...edge, [field]: after } : edge,
    )
    return { ...graph, edges }
  }
  const blocks = Object.entries(root.blocks).map(([name, found]): [string, Block] => [
    name,
    { ...found, graph: followed(found.graph) },
  ])
  return { ...followed(root), blocks: Object.fromEntries(blocks) }
}

/** The nodes with the blocks that they call under new names. */
export function recalled(nodes: readonly Node[], renames: ReadonlyMap<string, string>): Node[] {
  return nodes.map((node) => {
    const name = renames.get(blockName(node.type) ?? '')
    return name === undefined ? node : { ...node, type: blockType(name) }
  })
}

/** A node and a definition of its own for it; other calls keep the old one. */
export function detach(graph: Graph, id: string): Graph {
  const node = graph.nodes.find((one) => one.id === id)
  const name = blockName(node?.type ?? '')
  const block = name === null ? undefined : graph.blocks[name]
  if (!node || name === null || !block) return graph
  const own = uniqueName(name, new Set(Object.keys(graph.blocks)))
  return {
    ...graph,
    nodes: graph.nodes.map((one) => (one === node ? { ...one, type: blockType(own) } : one)),
    blocks: { ...graph.blocks, [own]: block },
  }
}

export interface Brought {
  blocks: Blocks
  /** The names that they got, by the names that they had. */
  names: Map<string, string>
}

/** Definitions taken into a drawing: what is there already is used, what only has the same name gets another. */
export function bring(blocks: Blocks, arriving: Blocks): Brought {
  const taken = new Set([...Object.keys(blocks), ...Object.keys(arriving)])
  const names = new Map<string, string>()
  for (const [name, block] of Object.entries(arriving)) {
    const there = blocks[name]
    const free = there === undefined || sameBlock(there, block)
    const own = free ? name : uniqueName(name, taken)
    taken.add(own)
    names.set(name, own)
  }
  const added = Object.entries(arriving).map(([name, block]): [string, Block] => [
    names.get(name) ?? name,
    { ...block, graph: { ...block.graph, nodes: recalled(block.graph.nodes, names) } },
  ])
  return { blocks: { ...Object.fromEntries(added), ...blocks }, names }
}

/** Whether two definitions mean the same; places on the canvas aside. */
function sameBlock(one: Block, other: Block): boolean {
  return same(meaning(one), meaning(other))
}

function meaning({ parameters, graph }: Block): JsonValue {
  const nodes = graph.nodes.map((node) => [
    node.id,
    node.type,
    node.name ?? null,
    node.config,
    node.shares ?? null,
  ])
  const edges = graph.edges.map((edge) => [
    edge.source,
    edge.source_port ?? null,
    edge.target,
    edge.target_port ?? null,
  ])
  return { parameters, nodes, edges } satisfies JsonObject
}
