import type { ReactFlowInstance } from '@xyflow/react'
import { toast } from 'sonner'
import i18next from 'i18next'
import { clip, corner, paste, type Clipping } from '../graph/clipboard'
import type { End } from '../graph/connect'
import { findNode, type Edge, type Graph, type Point } from '../graph/document'
import { draftActions, shownGraph } from '../graph/draft'
import {
  addAfter,
  addEdge,
  addNode,
  connectTo,
  freePlace,
  moveNodes,
  removeEdges,
  removeNodes,
  spliceInto,
} from '../graph/edit'
import type { JsonObject } from '../graph/json'
import { trustActions } from '../graph/trust'
import { makeRoom } from '../graph/place'
import { canvasStore, sizeOf, type LayerFlowEdge, type LayerFlowNode } from './canvasStore'
import { startingConfig } from './entries'
import { isRefused, takeIn } from './blocksTaken'
import { arrange } from './layout'
import { viewActions, viewStore } from './view'

const PASTE_STEP: Point = [32, 32]
const FIT_MS = 200
/** Room for the tools below the drawing. */
const FIT_PADDING = { x: '28px', top: '28px', bottom: '64px' } as const
const FIT_HEIGHT_PX = 92
const REVEAL_MARGIN_PX = 40

let flow: ReactFlowInstance<LayerFlowNode, LayerFlowEdge> | null = null
let pointer: Point | null = null

/** The canvas that is on the screen, for what needs its zoom and place; null while there is none. */
export function setFlow(instance: ReactFlowInstance<LayerFlowNode, LayerFlowEdge> | null): void {
  flow = instance
}

/** Where the pointer is over the canvas, in screen pixels; null while it is elsewhere. */
export function setPointer(place: Point | null): void {
  pointer = place
}

/** A screen place on the canvas: the pointer, else the middle of the canvas. */
export function pointedPlace(): Point {
  if (pointer) return pointer
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  return box ? [box.left + box.width / 2, box.top + box.height / 2] : [0, 0]
}

export function toCanvas([x, y]: Point): Point {
  const place = flow?.screenToFlowPosition({ x, y }) ?? { x, y }
  return [Math.round(place.x), Math.round(place.y)]
}

export function openSearch(
  screen: Point = pointedPlace(),
  from: (End & { side: 'source' | 'target' }) | null = null,
): void {
  viewActions.openSearch({ screen, place: toCanvas(screen), from })
}

/**
 * Adds a node where asked: at a place, else behind the selected node with a wire, else in the middle. Put `into` a wire,
 * it joins the wire's ends.
 */
export function addLayer(wanted: string, at?: Point, into?: Edge): void {
  const { entries } = canvasStore.getState()
  const { graph, type } = takeIn(shownGraph(), wanted)
  if (isRefused(graph, type)) return
  const [selected, ...others] = viewStore.getState().nodes
  const after =
    at === undefined && others.length === 0 && selected && findNode(graph, selected) ? selected : null
  const place = at ?? freePlace(graph, toCanvas(middle()))
  const config = startingConfig(entries.get(wanted))
  trustOwn(config)
  const added = after ? addAfter(graph, type, after, entries, config) : addNode(graph, type, place, config)
  draftActions.editGraph(() => (into ? putInto(added.graph, added.id, into) : added.graph))
  viewActions.select([added.id])
  if (after) reveal(added.id)
}

/** Adds a node at the loose end of a wire and joins it. */
export function addJoined(wanted: string, at: Point, from: End & { side: 'source' | 'target' }): void {
  const { entries } = canvasStore.getState()
  const { graph, type } = takeIn(shownGraph(), wanted)
  if (isRefused(graph, type)) return
  const config = startingConfig(entries.get(wanted))
  trustOwn(config)
  draftActions.editGraph(() => {
    const added = addNode(graph, type, at, config)
    viewActions.select([added.id])
    if (from.side === 'source') return connectTo(added.graph, from, added.id, entries)
    const edge: Edge = {
      source: added.id,
      target: from.node,
      ...(from.port ? { target_port: from.port } : {}),
    }
    return addEdge(added.graph, edge)
  })
}

/** The code that a new Python layer starts with is the server's own. */
function trustOwn({ code }: JsonObject): void {
  if (typeof code === 'string') trustActions.trust(code)
}

/** Joins two nodes by their first fitting ports. */
export function joinNodes(source: string, target: string): void {
  const { entries } = canvasStore.getState()
  draftActions.editGraph((graph) => connectTo(graph, { node: source, port: null }, target, entries))
}

/** Puts a node that lies there into a wire; one step to undo with the move that brought it. */
export function splice(id: string, edge: Edge): void {
  draftActions.editGraph((graph) => putInto(graph, id, edge), 'move')
}

function putInto(graph: Graph, id: string, edge: Edge): Graph {
  const spliced = spliceInto(graph, id, edge, canvasStore.getState().entries)
  return spliced === graph ? graph : makeRoom(spliced, id, edge)
}

/** Removes what is selected; `heal` joins the neighbours of removed nodes. */
export function removeSelected(heal = false): void {
  const { nodes, edges } = viewStore.getState()
  const wires = canvasStore.getState().edges.filter((edge) => edges.includes(edge.id))
  const gone = wires.flatMap((edge) => (edge.data ? [edge.data.edge] : []))
  draftActions.editGraph((graph) => {
    const left = gone.length > 0 ? removeEdges(graph, gone) : graph
    return nodes.length > 0 ? removeNodes(left, nodes, heal) : left
  })
  viewActions.select([])
}

export function selectAll(): void {
  viewActions.select(shownGraph().nodes.map((node) => node.id))
}

/** The selected nodes as they go to the clipboard, or null where none is selected. */
export function clipSelected(): Clipping | null {
  const { nodes } = viewStore.getState()
  return nodes.length > 0 ? clip(shownGraph(), nodes) : null
}

/** Writes the selected nodes to the system clipboard. */
export async function copySelected(): Promise<void> {
  const clipping = clipSelected()
  if (clipping) await navigator.clipboard.writeText(JSON.stringify(clipping, null, 1))
}

/** Adds copies at the pointer, or beside the originals where the pointer is elsewhere. */
export function pasteNodes(clipping: Clipping, beside = false): void {
  const [left, top] = corner(clipping.layout)
  const refused = clipping.nodes.some((node) =>
    isRefused({ ...shownGraph(), blocks: clipping.blocks }, node.type),
  )
  if (refused) return
  const at: Point = pointer && !beside ? toCanvas(pointer) : [left + PASTE_STEP[0], top + PASTE_STEP[1]]
  draftActions.editGraph((graph) => {
    const pasted = paste(graph, clipping, at)
    viewActions.select(pasted.ids)
    return pasted.graph
  })
}

export function duplicateSelected(): void {
  const clipping = clipSelected()
  if (clipping) pasteNodes(clipping, true)
}

export function nudge(by: Point): void {
  const { nodes } = viewStore.getState()
  draftActions.editGraph((graph) => moveNodes(graph, shifted(graph, nodes, by)), 'nudge')
}

function shifted(graph: Graph, ids: readonly string[], [dx, dy]: Point): Record<string, Point> {
  return Object.fromEntries(
    ids.map((id): [string, Point] => {
      const [x, y] = graph.layout[id] ?? [0, 0]
      return [id, [x + dx, y + dy]]
    }),
  )
}

/** Arranges the selected nodes, or all of them where fewer than two are selected. */
export async function autoLayout(): Promise<void> {
  const graph = shownGraph()
  const { nodes } = viewStore.getState()
  const some = nodes.length > 1
  try {
    const places = await arrange(
      graph,
      sizeOf,
      canvasStore.getState().entries,
      canvasSize(),
      some ? nodes : undefined,
    )
    draftActions.editGraph((now) => moveNodes(now, places))
    if (!some) requestAnimationFrame(() => fitView())
  } catch {
    toast.error(i18next.t('editor:layout.failed'))
  }
}

/** Shows the whole drawing, or the selected nodes alone. */
export function fitView(selected = false, durationMs = motion()): void {
  const { nodes } = viewStore.getState()
  const ids = selected && nodes.length > 0 ? { nodes: nodes.map((id) => ({ id })) } : {}
  void flow?.fitView({ padding: FIT_PADDING, maxZoom: 1, duration: durationMs, ...ids })
}

export function zoomBy(factor: number): void {
  if (flow) void flow.zoomTo(flow.getZoom() * factor, { duration: motion() })
}

export function zoomTo(zoom: number): void {
  void flow?.zoomTo(zoom, { duration: motion() })
}

/** Brings a node into view, moving the canvas no further than it takes. */
export function reveal(id: string): void {
  requestAnimationFrame(() => {
    const place = flow?.getInternalNode(id)?.internals.positionAbsolute
    const canvas = document.querySelector('.react-flow')?.getBoundingClientRect()
    if (!flow || !place || !canvas) return
    const { x, y, zoom } = flow.getViewport()
    const { width, height } = sizeOf(id)
    const dx = shift(place.x * zoom + x, width * zoom, canvas.width)
    const dy = shift(place.y * zoom + y, height * zoom, canvas.height)
    if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: motion() })
  })
}

/** How far a stretch must move to lie inside a longer one, with a margin. */
function shift(start: number, length: number, whole: number): number {
  const before = REVEAL_MARGIN_PX - start
  const after = start + length - (whole - REVEAL_MARGIN_PX)
  return before > 0 ? before : Math.min(0, -after)
}

/** Selects a node, points at a field of it and brings it into view. */
export function jumpTo(node: string, parameter: string | null): void {
  viewActions.pointAt(node, parameter)
  reveal(node)
}

function middle(): Point {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  return box ? [box.left + box.width / 2 - 80, box.top + box.height / 2 - 27] : [0, 0]
}

/** The room for a drawing on the canvas, in screen pixels. */
export function canvasSize(): { width: number; height: number } {
  const box = document.querySelector('.react-flow')?.getBoundingClientRect()
  return {
    width: box?.width ?? window.innerWidth,
    height: (box?.height ?? window.innerHeight) - FIT_HEIGHT_PX,
  }
}

function motion(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : FIT_MS
}
