import type {
  Connection,
  Edge as FlowEdge,
  OnConnectEnd,
  OnConnectStart,
  OnReconnect,
  ReactFlowProps,
} from '@xyflow/react'
import { refusal, wire, type End } from '../graph/connect'
import type { Edge } from '../graph/document'
import { draftActions, shownGraph } from '../graph/draft'
import { addEdge, connectTo, removeEdges, replaceEdge } from '../graph/edit'
import { openSearch } from './actions'
import { canvasStore, type LayerFlowEdge, type LayerFlowNode } from './canvasStore'
import { fittingNodes } from './fitting'
import { nodeUnder, pointOf } from './underPointer'
import { viewStore } from './view'

/** The wire whose end is being moved, while it is. */
let moving: Edge | undefined

const onConnectStart: OnConnectStart = (_event, { nodeId, handleId, handleType }) => {
  if (!nodeId || !handleType) return
  const from = { node: nodeId, port: handleId, side: handleType }
  const { entries } = canvasStore.getState()
  viewStore.setState({ fitting: fittingNodes(shownGraph(), from, entries, moving) })
}

function isValidConnection(connection: Connection | FlowEdge): boolean {
  const { entries } = canvasStore.getState()
  return refusal(shownGraph(), toEdge(connection), entries, moving) === null
}

function onConnect(connection: Connection): void {
  draftActions.editGraph((graph) => addEdge(graph, toEdge(connection)))
}

/** A wire let go over a node takes its next free port; over nothing, it asks what to add there. */
const onConnectEnd: OnConnectEnd = (event, { isValid, fromNode, fromHandle, toHandle }) => {
  viewStore.setState({ fitting: null })
  if (isValid === true || toHandle || !fromNode || moving) return
  const [x, y] = pointOf(event)
  const from = { node: fromNode.id, port: fromHandle.id ?? null, side: fromHandle.type }
  const onto = nodeUnder(x, y)
  if (onto !== null) joinTo(from, onto)
  else if (document.elementFromPoint(x, y)?.closest('.react-flow__pane')) openSearch([x, y], from)
}

function joinTo(from: End & { side: 'source' | 'target' }, onto: string): void {
  const { entries } = canvasStore.getState()
  draftActions.editGraph((graph) => {
    if (from.side === 'source') return connectTo(graph, from, onto, entries)
    const edge = wire(graph, { node: onto, port: null }, from, entries)
    return refusal(graph, edge, entries) === null ? addEdge(graph, edge) : graph
  })
}

const onReconnect: OnReconnect<LayerFlowEdge> = (old, connection) => {
  const before = old.data?.edge
  if (before) draftActions.editGraph((graph) => replaceEdge(graph, before, toEdge(connection)))
}

export const wiring = {
  onConnectStart,
  onConnect,
  onConnectEnd,
  isValidConnection,
  onReconnectStart: (_event, edge) => {
    moving = edge.data?.edge
  },
  onReconnect,
  /** An end pulled off and let go over nothing takes the wire away. */
  onReconnectEnd: (_event, edge, _type, { isValid, toNode }) => {
    const gone = edge.data?.edge
    moving = undefined
    viewStore.setState({ fitting: null })
    if (!isValid && !toNode && gone) draftActions.editGraph((graph) => removeEdges(graph, [gone]))
  },
} satisfies ReactFlowProps<LayerFlowNode, LayerFlowEdge>

function toEdge({ source, target, sourceHandle, targetHandle }: Connection | FlowEdge): Edge {
  const { entries } = canvasStore.getState()
  const from = { node: source, port: sourceHandle ?? null }
  return wire(shownGraph(), from, { node: target, port: targetHandle ?? null }, entries)
}
