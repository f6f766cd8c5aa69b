import type { DragEvent } from 'react'
import { dragKind } from '../ui/dragKind'
import { viewStore } from './view'

/** A column of the drawing's dataset, by its name. */
export const columnDrag = dragKind('column', 'link')

/** Starts dragging a column; the nodes that could take it stand out. */
export function dragColumn(event: DragEvent, column: string, takers: ReadonlySet<string>): void {
  columnDrag.start(event, column)
  viewStore.setState({ fitting: takers })
}

export function endColumnDrag(): void {
  viewStore.setState({ fitting: null, landing: null })
}
