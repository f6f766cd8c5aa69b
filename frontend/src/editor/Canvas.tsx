import {
  Background,
  BackgroundVariant,
  MiniMap,
  ReactFlow,
  ReactFlowProvider,
  useNodesInitialized,
  useReactFlow,
  type EdgeChange,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useEffect, useRef, type DragEvent, type MouseEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useDraft, useOpened } from '../graph/useDraft'
import { EmptyState } from '../ui/EmptyState'
import { Button } from '../ui/Button'
import { addLayer, fitView, openSearch, setFlow, setPointer, splice, toCanvas } from './actions'
import { openBlock } from './blockActions'
import { Breadcrumb } from './Breadcrumb'
import styles from './Canvas.module.css'
import './flow.css'
import { CanvasTools } from './CanvasTools'
import {
  afterChanges,
  canvasStore,
  followDraft,
  onNodesChange,
  setEntries,
  type LayerFlowEdge,
  type LayerFlowNode,
} from './canvasStore'
import { categoryColor, categoryOf } from './categories'
import { useEntries } from './entries'
import { LayerEdge } from './LayerEdge'
import { LayerNode } from './LayerNode'
import { layerDrag } from './layerDrag'
import { NodeSearch } from './NodeSearch'
import { pointOf, wireUnder } from './underPointer'
import { useView, viewActions, viewStore } from './view'
import { wiring } from './wiring'

const nodeTypes = { layer: LayerNode }
const edgeTypes = { wire: LayerEdge }
const snapGrid: [number, number] = [4, 4]
const FAR_ZOOM = 0.35

/** The drawing: nodes and wires to see, move and join. `start` stands where there is no drawing yet. */
export function Canvas({ start }: { start?: ReactNode }) {
  const project = useDraft((draft) => draft.id)
  const opened = useOpened()
  return (
    <ReactFlowProvider key={[project, ...opened].join()}>
      <Drawing start={start} />
    </ReactFlowProvider>
  )
}

function Drawing({ start }: { start: ReactNode }) {
  const { t } = useTranslation('editor')
  const nodes = useStore(canvasStore, (canvas) => canvas.nodes)
  const edges = useStore(canvasStore, (canvas) => canvas.edges)
  const trackpad = useView((view) => view.navigation === 'trackpad')
  const minimap = useView((view) => view.minimap)
  const flow = useReactFlow<LayerFlowNode, LayerFlowEdge>()
  const wrapper = useRef<HTMLDivElement>(null)
  const entries = useEntries()
  const opened = useOpened()
  useEffect(followDraft, [])
  useEffect(() => setEntries(entries), [entries])
  useEffect(() => {
    setFlow(flow)
    return () => setFlow(null)
  }, [flow])
  useFitOnOpen()
  return (
    <div
      ref={wrapper}
      className={styles.canvas}
      onDoubleClick={onDoubleClick}
      onPointerMove={(event) => setPointer([event.clientX, event.clientY])}
      onPointerLeave={() => setPointer(null)}
      onDragOver={onDragOver}
      onDrop={onDrop}
    >
      <ReactFlow<LayerFlowNode, LayerFlowEdge>
        aria-label={t('canvas.label')}
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onEdgesChange={onEdgesChange}
        onNodeDrag={onNodeDrag}
        onNodeDragStop={onNodeDragStop}
        onNodeMouseEnter={(_event, { id }) => viewStore.setState({ hovered: id })}
        onNodeMouseLeave={() => viewStore.setState({ hovered: null })}
        onNodeDoubleClick={(_event, { id }) => openBlock(id)}
        onPaneClick={() => viewActions.clear()}
        onMove={(_event, { zoom }) => wrapper.current?.classList.toggle('far', zoom < FAR_ZOOM)}
        {...wiring}
        minZoom={0.08}
        maxZoom={2.5}
        snapToGrid
        snapGrid={snapGrid}
        nodeDragThreshold={3}
        connectionRadius={26}
        deleteKeyCode={null}
        selectionKeyCode="Shift"
        multiSelectionKeyCode={['Shift', 'Control', 'Meta']}
        zoomOnDoubleClick={false}
        panOnDrag={trackpad ? [1] : [0, 1]}
        panOnScroll={trackpad}
        selectionOnDrag={trackpad}
        elevateNodesOnSelect
        colorMode="light"
      >
        <Background variant={BackgroundVariant.Dots} gap={16} size={1.4} color="var(--dot)" />
        {minimap && <Map />}
        <CanvasTools />
      </ReactFlow>
      <Breadcrumb />
      {nodes.length === 0 && <Empty start={opened.length === 0 && start} />}
      <NodeSearch />
    </div>
  )
}

/** Shows the whole of a drawing when it is opened, once its nodes have their sizes. */
function useFitOnOpen(): void {
  const measured = useNodesInitialized()
  const isFitted = useRef(false)
  useEffect(() => {
    if (!measured || isFitted.current) return
    isFitted.current = true
    fitView(false, 0)
  }, [measured])
}

function Map() {
  const { t } = useTranslation('editor')
  const entries = useEntries()
  return (
    <MiniMap<LayerFlowNode>
      pannable
      zoomable
      ariaLabel={t('canvas.minimap')}
      nodeColor={(node) => categoryColor(categoryOf(entries.get(node.data.node.type)))}
      nodeBorderRadius={12}
      style={{ width: 148, height: 92 }}
    />
  )
}

function Empty({ start }: { start: ReactNode }) {
  const { t } = useTranslation('editor')
  return (
    <div className={styles.empty}>
      <EmptyState
        title={t('canvas.emptyTitle')}
        text={t('canvas.emptyText')}
        action={
          <div className={styles.starts}>
            {start}
            <Button onClick={() => openSearch()}>{t('canvas.emptyAction')}</Button>
          </div>
        }
      />
    </div>
  )
}

function onEdgesChange(changes: EdgeChange<LayerFlowEdge>[]): void {
  const selection = afterChanges(viewStore.getState().edges, changes)
  if (selection) viewActions.select(viewStore.getState().nodes, selection)
}

function onDoubleClick(event: MouseEvent<HTMLDivElement>): void {
  if (event.target instanceof Element && event.target.classList.contains('react-flow__pane')) {
    openSearch([event.clientX, event.clientY])
  }
}

function onDragOver(event: DragEvent): void {
  if (!layerDrag.isOver(event)) return
  event.preventDefault()
  event.dataTransfer.dropEffect = 'copy'
  viewStore.setState({ splice: wireUnder(event.clientX, event.clientY)?.id ?? null })
}

function onDrop(event: DragEvent): void {
  const type = layerDrag.dropped(event)
  if (type === null) return
  event.preventDefault()
  const wire = wireUnder(event.clientX, event.clientY)
  const [x, y] = toCanvas([event.clientX, event.clientY])
  addLayer(type, [x - 80, y - 27], wire?.data?.edge)
  viewStore.setState({ splice: null })
}

/** A single unwired node that is held over a wire would be put into it. */
function onNodeDrag(
  event: globalThis.MouseEvent | TouchEvent,
  node: LayerFlowNode,
  dragged: LayerFlowNode[],
): void {
  const isWired = canvasStore
    .getState()
    .edges.some((edge) => edge.source === node.id || edge.target === node.id)
  const wire = dragged.length === 1 && !isWired ? wireUnder(...pointOf(event)) : null
  if (viewStore.getState().splice !== (wire?.id ?? null)) viewStore.setState({ splice: wire?.id ?? null })
}

function onNodeDragStop(_event: unknown, node: LayerFlowNode): void {
  const wire = canvasStore.getState().edges.find((edge) => edge.id === viewStore.getState().splice)
  viewStore.setState({ splice: null })
  if (wire?.data) splice(node.id, wire.data.edge)
}
