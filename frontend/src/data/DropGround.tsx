import { useState, type DragEvent, type ReactNode } from 'react'
import { useDataset } from '../api/datasetQueries'
import { columnDrag, endColumnDrag } from '../editor/columnDrag'
import { nodeUnder } from '../editor/underPointer'
import { viewActions, viewStore } from '../editor/view'
import { draftStore, useDraft } from '../graph/useDraft'
import { bindColumn } from './columnDrop'
import { datasetDrag } from './datasetDrag'
import { DatasetDropped } from './DatasetDropped'
import styles from './DropGround.module.css'
import { useStartFrom, type OpenProject } from './useStartFrom'

interface DropGroundProps {
  onOpen: OpenProject
  children: ReactNode
}

/** Around the canvas: a column that is dropped onto a node is bound to it, a dataset is what to draw for. */
export function DropGround({ onOpen, children }: DropGroundProps) {
  const id = useDraft((draft) => draft.recipe?.data.dataset)
  const { data: dataset } = useDataset(id)
  const { start } = useStartFrom(onOpen)
  const [dropped, setDropped] = useState<string | null>(null)

  const onDrop = (event: DragEvent) => {
    const column = columnDrag.dropped(event)
    const whole = datasetDrag.dropped(event)
    if (column === null && whole === null) return
    event.preventDefault()
    if (column !== null && dataset) bindAt(event, (node) => bindColumn(dataset.columns, node, column))
    if (whole === null) return
    if (draftStore.getState().graph.nodes.length === 0) void start(whole)
    else setDropped(whole)
  }
  return (
    <div className={styles.ground} onDragOver={onDragOver} onDrop={onDrop}>
      {children}
      <DatasetDropped dataset={dropped} onStart={start} onClose={() => setDropped(null)} />
    </div>
  )
}

/** The node under the pointer, if it could take what is dragged. */
function takerAt(event: DragEvent): string | null {
  const node = nodeUnder(event.clientX, event.clientY)
  return node !== null && viewStore.getState().fitting?.has(node) ? node : null
}

function onDragOver(event: DragEvent): void {
  if (datasetDrag.isOver(event)) event.preventDefault()
  if (!columnDrag.isOver(event)) return
  const landing = takerAt(event)
  if (landing !== null) event.preventDefault()
  if (viewStore.getState().landing !== landing) viewStore.setState({ landing })
}

/** Selects the node too: what does not fit is told there, with its ways out. */
function bindAt(event: DragEvent, bind: (node: string) => void): void {
  const node = takerAt(event)
  endColumnDrag()
  if (node === null) return
  bind(node)
  viewActions.select([node])
}
