/** A block taken apart: its contents in the place of the node that called it, parameters put in, repeated. */

import type { NodeEntries } from './catalog'
import { sourcePort, targetPort } from './connect'
import type { Block, Edge, Graph, JsonObject, Node, Point } from './document'
import { blockName, findNode, freeId, withoutPort } from './document'
import { blockPorts } from './blockEntry'
import { filled } from './blockParameters'
import { corner } from './clipboard'
import { STEP } from './edit'
import { givenNames, layerNames, uniqueName } from './naming'

/** As many nodes as may come out of one block. */
const MOST_NODES = 500

/** Why a block can not be taken apart: it is none, it shares its layers, it is too much, or its wires are not whole. */
export type UnpackRefusal = 'unknown' | 'shares' | 'large' | 'wires'

export interface Unpacked {
  graph: Graph
  ids: string[]
}

/** The reason against taking this node apart, or null. */
export function unpackRefusal(graph: Graph, id: string, entries: NodeEntries): UnpackRefusal | null {
  const node = findNode(graph, id)
  const block = node && blockOf(graph, node)
  if (!node || !block) return 'unknown'
  if (node.shares || graph.nodes.some((other) => other.shares === id)) return 'shares'
  const repeat = repeatOf(node)
  if (repeat === null || block.graph.nodes.length * repeat > MOST_NODES) return 'large'
  const { inputs, outputs } = blockPorts(block.graph)
  const fed = graph.edges.filter((edge) => edge.target === id).map((edge) => targetPort(edge, node, entries))
  const ends = block.graph.nodes.filter((one) => one.type === 'Output')
  const isWhole =
    ends.every((end) => block.graph.edges.filter((edge) => edge.target === end.id).length === 1) &&
    inputs.every((port) => fed.filter((other) => other === port).length === 1) &&
    (repeat === 1 || inputs.length === outputs.length)
  return isWhole ? null : 'wires'
}

/** The graph with the block's contents in place of the node, under the names that its layers have. Ask `unpackRefusal` first. */
export function unpack(graph: Graph, id: string, entries: NodeEntries): Unpacked {
  const node = findNode(graph, id)
  const block = node && blockOf(graph, node)
  if (!node || !block) return { graph, ids: [] }
  return new Contents(graph, node, block, entries).unpacked()
}

function blockOf(graph: Graph, node: Node): Block | undefined {
  const name = blockName(node.type)
  return name === null ? undefined : graph.blocks[name]
}

function repeatOf(node: Node): number | null {
  const repeat = node.config.repeat ?? 1
  return typeof repeat === 'number' && Number.isInteger(repeat) && repeat > 0 ? repeat : null
}

type Start = Pick<Edge, 'source' | 'source_port'>

class Contents {
  private readonly nodes: Node[] = []
  private readonly edges: Edge[] = []
  private readonly layout: Record<string, Point> = {}
  private readonly names: Set<string>
  private readonly width: number

  constructor(
    private readonly outer: Graph,
    private readonly call: Node,
    private readonly block: Block,
    private readonly entries: NodeEntries,
  ) {
    this.names = new Set(givenNames(outer))
    const xs = Object.values(block.graph.layout).map(([x]) => x)
    this.width = (xs.length > 0 ? Math.max(...xs) - Math.min(...xs) : 0) + STEP[0]
  }

  unpacked(): Unpacked {
    const repeat = repeatOf(this.call) ?? 1
    let starts = this.fed()
    for (let number = 1; number <= repeat; number += 1) starts = this.copy(number, repeat, starts)
    const { outputs } = blockPorts(this.block.graph)
    const after = this.outer.edges.flatMap((edge): Edge[] => {
      if (edge.target === this.call.id) return []
      if (edge.source !== this.call.id) return [edge]
      const place = outputs.indexOf(sourcePort(edge, this.call, this.entries))
      const rest = withoutPort(edge, 'source_port')
      const start = starts[Math.max(0, place)]
      return start ? [{ ...rest, ...start }] : []
    })
    const at = this.outer.nodes.indexOf(this.call)
    const nodes = this.outer.nodes.toSpliced(at, 1, ...this.nodes)
    const layout = Object.fromEntries(Object.entries(this.outer.layout).filter(([id]) => id !== this.call.id))
    return {
      graph: {
        ...this.outer,
        nodes,
        edges: [...after, ...this.edges],
        layout: { ...layout, ...this.layout },
      },
      ids: this.nodes.map((node) => node.id),
    }
  }

  /** Where the tensors for the inputs start, in the order of the ports. */
  private fed(): Start[] {
    return blockPorts(this.block.graph).inputs.flatMap((port) => {
      const edge = this.outer.edges.find(
        (one) => one.target === this.call.id && targetPort(one, this.call, this.entries) === port,
      )
      return edge ? [start(edge)] : []
    })
  }

  /** Adds one copy that takes from `starts`; returns where its outputs start. */
  private copy(number: number, repeat: number, starts: readonly Start[]): Start[] {
    const { graph } = this.block
    const inputs = graph.nodes.filter((node) => node.type === 'Input').map((node) => node.id)
    const ids = this.addNodes(number, repeat)
    const begin = (edge: Edge): Start => {
      const place = inputs.indexOf(edge.source)
      return (place < 0 ? undefined : starts[place]) ?? start({ ...edge, source: ids.get(edge.source) ?? '' })
    }
    for (const edge of graph.edges) {
      const target = ids.get(edge.target)
      const rest = withoutPort(edge, 'source_port')
      if (target !== undefined) this.edges.push({ ...rest, ...begin(edge), target })
    }
    return graph.nodes
      .filter((node) => node.type === 'Output')
      .flatMap((node) => graph.edges.filter((edge) => edge.target === node.id).map(begin))
  }

  private addNodes(number: number, repeat: number): Map<string, string> {
    const { graph } = this.block
    const names = layerNames(graph)
    const call = layerNames(this.outer).get(this.call.id) ?? 'block'
    const prefix = repeat === 1 ? call : `${call}_${number}`
    const ids = new Map<string, string>()
    for (const node of graph.nodes) {
      if (node.type === 'Input' || node.type === 'Output') continue
      const id = freeId({ nodes: [...this.outer.nodes, ...this.nodes] })
      const name = uniqueName(`${prefix}_${names.get(node.id) ?? node.type}`, this.names)
      this.names.add(name)
      ids.set(node.id, id)
      this.nodes.push({ ...node, id, name, config: this.config(node) })
      this.layout[id] = this.place(node.id, number)
    }
    this.shareAgain(ids)
    return ids
  }

  private shareAgain(ids: ReadonlyMap<string, string>): void {
    const copies = new Set(ids.values())
    this.nodes.forEach((node, index) => {
      const owner = copies.has(node.id) && node.shares ? ids.get(node.shares) : undefined
      if (owner) this.nodes[index] = { ...node, shares: owner }
    })
  }

  private place(id: string, number: number): Point {
    const [left, top] = corner(this.block.graph.layout)
    const [x, y] = this.block.graph.layout[id] ?? [left, top]
    const [cx, cy] = this.outer.layout[this.call.id] ?? [0, 0]
    return [cx + x - left + (number - 1) * this.width, cy + y - top]
  }

  private config(node: Node): JsonObject {
    const values = { ...this.block.parameters, ...this.call.config }
    return filled(node.config, values) as JsonObject
  }
}

function start({ source, source_port }: Edge): Start {
  return source_port ? { source, source_port } : { source }
}
