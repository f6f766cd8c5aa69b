import type { DragEvent } from 'react'

const MIME = 'application/x-layerloom-dataset'

/** Starts dragging a dataset, by its id. */
export function dragDataset(event: DragEvent, dataset: string): void {
  event.dataTransfer.setData(MIME, dataset)
  event.dataTransfer.setData('text/plain', dataset)
  event.dataTransfer.effectAllowed = 'copy'
}

export function isDatasetDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(MIME)
}

/** The dataset that was dropped, or null where something else was. */
export function draggedDataset(event: DragEvent): string | null {
  return event.dataTransfer.getData(MIME) || null
}
