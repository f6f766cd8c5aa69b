import type { DragEvent } from 'react'
import { viewStore } from './view'

const MIME = 'application/x-layerloom-column'

/** Starts dragging a column of the drawing's dataset; the nodes that could take it stand out. */
export function dragColumn(event: DragEvent, column: string, takers: ReadonlySet<string>): void {
  event.dataTransfer.setData(MIME, column)
  event.dataTransfer.setData('text/plain', column)
  event.dataTransfer.effectAllowed = 'link'
  viewStore.setState({ fitting: takers })
}

export function endColumnDrag(): void {
  viewStore.setState({ fitting: null, landing: null })
}

export function isColumnDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(MIME)
}

/** The column that was dropped, or null where something else was. */
export function draggedColumn(event: DragEvent): string | null {
  return event.dataTransfer.getData(MIME) || null
}
