import {
  applyNodeChanges,
  type Edge as FlowEdge,
  type Node as FlowNode,
  type NodeChange,
} from '@xyflow/react'
import { createStore } from 'zustand/vanilla'
import type { NodeEntries } from '../graph/catalog'
import { sourcePort, targetPort } from '../graph/connect'
import { edgeKey, type Edge, type Graph, type Node, type Point } from '../graph/document'
import { draftActions, draftStore, shownGraph } from '../graph/draft'
import { moveNodes } from '../graph/edit'
import { openedStore } from '../graph/opened'
import { nodeEntries } from './entries'
import { viewActions, viewStore } from './view'

export type LayerFlowNode = FlowNode<{ node: Node }, 'layer'>
export type LayerFlowEdge = FlowEdge<{ edge: Edge }, 'wire'>

interface Canvas {
  nodes: LayerFlowNode[]
  edges: LayerFlowEdge[]
  entries: NodeEntries
}

/** The drawing as React Flow wants it. The draft and the view are the truth; only sizes and a drag live here. */
export const canvasStore = createStore<Canvas>(() => ({
  nodes: [],
  edges: [],
  entries: nodeEntries(undefined),
}))

/** Follows the draft and the selection until the returned function is called. */
export function followDraft(): () => void {
  sync()
  const select = viewStore.subscribe((view, before) => {
    if (view.nodes !== before.nodes || view.edges !== before.edges) sync()
  })
  const stop = [draftStore.subscribe(sync), openedStore.subscribe(sync), select]
  return () => stop.forEach((end) => end())
}

/** Takes over the catalog's ports. */
export function setEntries(entries: NodeEntries): void {
  if (canvasStore.getState().entries === entries) return
  canvasStore.setState({ entries })
  sync()
}

function sync(): void {
  const graph = shownGraph()
  const { nodes, edges } = viewStore.getState()
  canvasStore.setState((canvas) => ({
    nodes: flowNodes(graph, new Set(nodes), canvas.nodes),
    edges: flowEdges(graph, canvas.entries, new Set(edges), canvas.edges),
  }))
}

/** Nodes as React Flow wants them; what did not change keeps its identity, so that it is not drawn again. */
export function flowNodes(
  graph: Graph,
  selected: ReadonlySet<string>,
  before: readonly LayerFlowNode[] = [],
): LayerFlowNode[] {
  const old = new Map(before.map((node) => [node.id, node]))
  return graph.nodes.map((node) => {
    const position = toPosition(graph.layout[node.id] ?? [0, 0])
    const isSelected = selected.has(node.id)
    const was = old.get(node.id)
    if (was?.dragging)
      return was.data.node === node && was.selected === isSelected
        ? was
        : { ...was, data: { node }, selected: isSelected }
    const same = was?.data.node === node && was.selected === isSelected
    if (same && was.position.x === position.x && was.position.y === position.y) return was
    return { ...was, id: node.id, type: 'layer', data: { node }, position, selected: isSelected }
  })
}

/** Wires as React Flow wants them, with the names of their ports filled in. */
export function flowEdges(
  graph: Graph,
  entries: NodeEntries,
  selected: ReadonlySet<string>,
  before: readonly LayerFlowEdge[] = [],
): LayerFlowEdge[] {
  const old = new Map(before.map((edge) => [edge.id, edge]))
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]))
  const counts = new Map<string, number>()
  return graph.edges.flatMap((edge) => {
    const source = nodes.get(edge.source)
    const target = nodes.get(edge.target)
    if (!source || !target) return []
    const sourceHandle = sourcePort(edge, source, entries)
    const targetHandle = targetPort(edge, target, entries)
    const id = numbered(edgeKey(edge), counts)
    const isSelected = selected.has(id)
    const was = old.get(id)
    const same = was?.data?.edge === edge && was.selected === isSelected
    if (same && was.sourceHandle === sourceHandle && was.targetHandle === targetHandle) return [was]
    const ends = { source: edge.source, target: edge.target, sourceHandle, targetHandle }
    return [{ id, type: 'wire', ...ends, data: { edge }, selected: isSelected } satisfies LayerFlowEdge]
  })
}

function numbered(key: string, counts: Map<string, number>): string {
  const count = counts.get(key) ?? 0
  counts.set(key, count + 1)
  return count === 0 ? key : `${key}\u0000${count}`
}

/** What React Flow reports: sizes and a running drag stay here, a finished move goes to the draft, as one step. */
export function onNodesChange(changes: NodeChange<LayerFlowNode>[]): void {
  const lasting = changes.filter((change) => change.type === 'dimensions' || change.type === 'position')
  if (lasting.length > 0) {
    canvasStore.setState(({ nodes }) => ({ nodes: applyNodeChanges(lasting, nodes) }))
  }
  const moved: Record<string, Point> = {}
  for (const change of changes) {
    if (change.type === 'position' && change.dragging !== true && change.position) {
      moved[change.id] = [Math.round(change.position.x), Math.round(change.position.y)]
    }
  }
  if (Object.keys(moved).length > 0 && hasMoved(moved))
    draftActions.editGraph((graph) => moveNodes(graph, moved), 'move')
  const selection = afterChanges(viewStore.getState().nodes, changes)
  if (selection) viewActions.select(selection, viewStore.getState().edges)
}

function hasMoved(moved: Readonly<Record<string, Point>>): boolean {
  const { layout } = shownGraph()
  return Object.entries(moved).some(([id, [x, y]]) => layout[id]?.[0] !== x || layout[id][1] !== y)
}

/** The selection after React Flow's changes to it, or null where there are none. */
export function afterChanges(
  selected: readonly string[],
  changes: readonly { type: string; id?: string; selected?: boolean }[],
): string[] | null {
  const selecting = changes.filter((change) => change.type === 'select')
  if (selecting.length === 0) return null
  const next = new Set(selected)
  for (const { id, selected: on } of selecting) {
    if (id === undefined) continue
    if (on) next.add(id)
    else next.delete(id)
  }
  return [...next]
}

/** The width and height of a node as drawn, or a guess before that. */
export function sizeOf(id: string): { width: number; height: number } {
  const measured = canvasStore.getState().nodes.find((node) => node.id === id)?.measured
  return { width: measured?.width ?? 160, height: measured?.height ?? 54 }
}

function toPosition([x, y]: Point): { x: number; y: number } {
  return { x, y }
}
