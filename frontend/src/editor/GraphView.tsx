import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  useNodesInitialized,
  useNodesState,
  useReactFlow,
} from '@xyflow/react'
import '@xyflow/react/dist/style.css'
import { useEffect, useMemo, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { createStore } from 'zustand/vanilla'
import type { CheckState } from '../graph/checkStore'
import type { Graph } from '../graph/document'
import type { CheckReport } from '../graph/report'
import { flowEdges, flowNodes } from './canvasStore'
import styles from './Canvas.module.css'
import { DrawingSource, useEntries } from './entries'
import './flow.css'
import { LayerEdge } from './LayerEdge'
import { LayerNode } from './LayerNode'
import { ReportSource } from './reports'
import { FIT, ZoomTools } from './ZoomTools'

const nodeTypes = { layer: LayerNode }
const edgeTypes = { wire: LayerEdge }
const NONE: ReadonlySet<string> = new Set()
const FAR_ZOOM = 0.35

/** A drawing to look at, not to change: the frozen graph of a run. `report` gives it shapes and counts. */
export function GraphView({ graph, report = null }: { graph: Graph; report?: CheckReport | null }) {
  const { t } = useTranslation('editor')
  return (
    <DrawingSource value={graph}>
      <Frozen graph={graph} report={report} label={t('canvas.frozen')} />
    </DrawingSource>
  )
}

function Frozen({ graph, report, label }: { graph: Graph; report: CheckReport | null; label: string }) {
  const entries = useEntries()
  const wrapper = useRef<HTMLDivElement>(null)
  const source = useMemo(
    () => createStore<CheckState>(() => ({ report, checking: false, failure: null })),
    [report],
  )
  const [nodes, , onNodesChange] = useNodesState(flowNodes(graph, NONE))
  const edges = useMemo(() => flowEdges(graph, entries, NONE), [graph, entries])
  return (
    <div ref={wrapper} className={styles.canvas}>
      <ReportSource value={source}>
        <ReactFlowProvider>
          <ReactFlow
            aria-label={label}
            nodes={nodes}
            edges={edges}
            onNodesChange={onNodesChange}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            elementsSelectable={false}
            zoomOnDoubleClick={false}
            preventScrolling={false}
            zoomOnScroll={false}
            onMove={(_event, { zoom }) => wrapper.current?.classList.toggle('far', zoom < FAR_ZOOM)}
            minZoom={0.08}
            maxZoom={1.5}
          >
            <FitWhenMeasured />
            <ZoomTools />
            <Background variant={BackgroundVariant.Dots} gap={16} size={1.4} color="var(--dot)" />
          </ReactFlow>
        </ReactFlowProvider>
      </ReportSource>
    </div>
  )
}

/** Shows the whole drawing once the size of every node is known; React Flow's own `fitView` knows the first one only. */
function FitWhenMeasured() {
  const isMeasured = useNodesInitialized()
  const { fitView } = useReactFlow()
  useEffect(() => {
    if (isMeasured) void fitView(FIT)
  }, [isMeasured, fitView])
  return null
}
