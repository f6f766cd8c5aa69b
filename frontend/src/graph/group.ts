/** Nodes made into a block: the wires into them become its inputs, the wires out of them its outputs. */

import type { NodeEntries } from './catalog'
import { sourcePort } from './connect'
import type { Edge, Graph, Node, Point } from './document'
import { blockType, emptyGraph, findNode, freeId, withoutPort } from './document'
import { STEP } from './edit'
import { uniqueName } from './naming'
import { placeMissing } from './place'
import { reaches, topologicalOrder } from './topology'

/** Why nodes can not become a block: nothing chosen, ends of the model, a way out and in again, layers shared across. */
export type GroupRefusal = 'empty' | 'ends' | 'convex' | 'shares'

export interface Grouped {
  graph: Graph
  id: string
  name: string
}

/** The reason against grouping these nodes, or null. */
export function groupRefusal(graph: Graph, ids: readonly string[]): GroupRefusal | null {
  const chosen = new Set(ids)
  const nodes = graph.nodes.filter((node) => chosen.has(node.id))
  if (nodes.length === 0) return 'empty'
  if (nodes.some((node) => node.type === 'Input' || node.type === 'Output')) return 'ends'
  if (graph.nodes.some((node) => node.shares && chosen.has(node.shares) !== chosen.has(node.id)))
    return 'shares'
  return isConvex(graph, chosen) ? null : 'convex'
}

function isConvex(graph: Graph, chosen: ReadonlySet<string>): boolean {
  const left = graph.edges.filter((edge) => chosen.has(edge.source) && !chosen.has(edge.target))
  const entered = graph.edges.filter((edge) => !chosen.has(edge.source) && chosen.has(edge.target))
  return !left.some((out) => entered.some((back) => reaches(graph, out.target, back.source)))
}

/** The graph with these nodes in a new block, and a node that calls it in their place. Ask `groupRefusal` first. */
export function group(graph: Graph, ids: readonly string[], entries: NodeEntries, wanted: string): Grouped {
  const chosen = new Set(ids)
  const name = uniqueName(wanted, new Set(Object.keys(graph.blocks)))
  const id = freeId(graph)
  const body = new Body(graph, chosen, entries)
  const node: Node = { id, type: blockType(name), config: {} }
  const first = graph.nodes.findIndex((one) => chosen.has(one.id))
  const nodes = graph.nodes.filter((one) => !chosen.has(one.id))
  nodes.splice(first, 0, node)
  const layout = Object.fromEntries(Object.entries(graph.layout).filter(([other]) => !chosen.has(other)))
  return {
    graph: {
      ...graph,
      nodes,
      edges: body.outerEdges(id),
      blocks: { ...graph.blocks, [name]: { parameters: {}, graph: body.graph() } },
      layout: { ...layout, [id]: body.place() },
    },
    id,
    name,
  }
}

interface Port {
  node: Node
  /** The end of the wires outside (inputs) or inside (outputs) that this port stands for. */
  key: string
}

/** The inside of a block to be, with a port for each end that wires cross its border from. */
class Body {
  private readonly nodes: Node[]
  private readonly inputs: Port[] = []
  private readonly outputs: Port[] = []
  private readonly edges: Edge[] = []

  constructor(
    private readonly outer: Graph,
    private readonly chosen: ReadonlySet<string>,
    private readonly entries: NodeEntries,
  ) {
    this.nodes = outer.nodes.filter((node) => chosen.has(node.id))
    for (const edge of outer.edges) if (chosen.has(edge.target)) this.enter(edge)
    for (const node of this.nodes) this.feed(node)
    for (const edge of outer.edges) if (chosen.has(edge.source) && !chosen.has(edge.target)) this.leave(edge)
    for (const node of this.nodes) this.end(node)
  }

  graph(): Graph {
    const inputs = this.inputs.map((port) => port.node)
    const outputs = this.outputs.map((port) => port.node)
    const graph = { ...emptyGraph(), nodes: [...inputs, ...this.nodes, ...outputs], edges: this.edges }
    const layout = this.layout(inputs, outputs)
    return runsForward({ ...graph, layout }) ? { ...graph, layout } : placeMissing(graph)
  }

  /** The wires around the block: one for each input, and those that took from the nodes now take from the block. */
  outerEdges(id: string): Edge[] {
    const seen = new Set<string>()
    return this.outer.edges.flatMap((edge): Edge[] => {
      const [from, to] = [this.chosen.has(edge.source), this.chosen.has(edge.target)]
      if (from && to) return []
      if (from) {
        const rest = withoutPort(edge, 'source_port')
        const place = this.outputs.findIndex((port) => port.key === this.keyOf(edge))
        return [{ ...rest, source: id, ...this.named('source_port', this.outputs, place) }]
      }
      if (!to) return [edge]
      const key = this.keyOf(edge)
      if (seen.has(key)) return []
      seen.add(key)
      const rest = withoutPort(edge, 'target_port')
      const place = this.inputs.findIndex((port) => port.key === key)
      return [{ ...rest, target: id, ...this.named('target_port', this.inputs, place) }]
    })
  }

  /** Where the block stands: in the middle of its nodes, or where they start in a drawing of several lines. */
  place(): Point {
    const places = this.nodes.map((node): Point => this.outer.layout[node.id] ?? [0, 0])
    const first = topologicalOrder(this.outer).find((id) => this.chosen.has(id)) ?? ''
    const { edges, layout } = this.outer
    const inner = edges.filter(({ source, target }) => this.chosen.has(source) && this.chosen.has(target))
    if (!runsForward({ edges: inner, layout })) return layout[first] ?? [0, 0]
    const mean = (axis: 0 | 1) => Math.round(places.reduce((sum, at) => sum + at[axis], 0) / places.length)
    return [mean(0), mean(1)]
  }

  private named(field: 'source_port' | 'target_port', ports: readonly Port[], place: number): Partial<Edge> {
    const name = place > 0 ? ports[place]?.node.name : null
    return name ? { [field]: name } : {}
  }

  /** A wire that ends inside; where it comes from outside it starts at an input. */
  private enter(edge: Edge): void {
    if (this.chosen.has(edge.source)) {
      this.edges.push(edge)
      return
    }
    const rest = withoutPort(edge, 'source_port')
    const name = findNode(this.outer, edge.source)?.name ?? 'input'
    this.edges.push({ ...rest, source: this.port(this.inputs, 'Input', this.keyOf(edge), name).id })
  }

  /** A node that nothing feeds yet gets an input of its own. */
  private feed(node: Node): void {
    const [first] = this.entries.get(node.type)?.inputs ?? []
    if (!first || this.outer.edges.some((edge) => edge.target === node.id)) return
    this.edges.push({
      source: this.port(this.inputs, 'Input', `\u0000${node.id}`, 'input').id,
      target: node.id,
    })
  }

  private leave(edge: Edge): void {
    if (this.outputs.some((port) => port.key === this.keyOf(edge))) return
    const output = this.port(this.outputs, 'Output', this.keyOf(edge), this.nameOf(edge.source))
    this.edges.push({ ...this.start(edge), target: output.id })
  }

  /** A node that feeds nothing is an output too. */
  private end(node: Node): void {
    if (this.outer.edges.some((edge) => edge.source === node.id)) return
    const edge = { source: node.id, target: '' }
    const output = this.port(this.outputs, 'Output', this.keyOf(edge), this.nameOf(node.id))
    this.edges.push({ source: node.id, target: output.id })
  }

  /** An output is called like the layer that it gives on, where that has a name. */
  private nameOf(id: string): string {
    return findNode(this.outer, id)?.name ?? 'output'
  }

  private start({ source, source_port }: Edge): Pick<Edge, 'source' | 'source_port'> {
    return source_port ? { source, source_port } : { source }
  }

  private port(ports: Port[], type: 'Input' | 'Output', key: string, wanted: string): Node {
    const known = ports.find((port) => port.key === key)
    if (known) return known.node
    const taken = new Set(ports.map((port) => port.node.name ?? ''))
    const used = [
      ...this.nodes,
      ...this.inputs.map((port) => port.node),
      ...this.outputs.map((port) => port.node),
    ]
    const config = type === 'Input' ? { shape: [null] } : {}
    const node: Node = { id: freeId({ nodes: used }), type, name: uniqueName(wanted, taken), config }
    ports.push({ node, key })
    return node
  }

  /** An end that wires start from: the same node and port, however the port is written. */
  private keyOf(edge: Edge): string {
    const source = findNode(this.outer, edge.source)
    return `${edge.source}\u0000${source ? sourcePort(edge, source, this.entries) : ''}`
  }

  private layout(inputs: readonly Node[], outputs: readonly Node[]): Record<string, Point> {
    const places = this.nodes.map((node): [string, Point] => [node.id, this.outer.layout[node.id] ?? [0, 0]])
    const xs = places.map(([, [x]]) => x)
    const top = Math.min(...places.map(([, [, y]]) => y))
    const column = (nodes: readonly Node[], x: number) =>
      nodes.map((node, index): [string, Point] => [node.id, [x, top + index * STEP[1]]])
    return Object.fromEntries([
      ...places,
      ...column(inputs, Math.min(...xs) - STEP[0]),
      ...column(outputs, Math.max(...xs) + STEP[0]),
    ])
  }
}

/** Whether every wire leads to the right: a drawing in several lines, cut out, would cross itself. */
function runsForward({ edges, layout }: Pick<Graph, 'edges' | 'layout'>): boolean {
  return edges.every((edge) => (layout[edge.target]?.[0] ?? 0) > (layout[edge.source]?.[0] ?? 0))
}
