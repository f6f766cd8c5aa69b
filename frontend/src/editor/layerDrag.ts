import type { DragEvent } from 'react'

const MIME = 'application/x-layerloom-layer'

/** Starts dragging a layer of the palette. */
export function dragLayer(event: DragEvent, type: string): void {
  event.dataTransfer.setData(MIME, type)
  event.dataTransfer.setData('text/plain', type)
  event.dataTransfer.effectAllowed = 'copy'
}

export function isLayerDrag(event: DragEvent): boolean {
  return event.dataTransfer.types.includes(MIME)
}

/** The type of the layer that was dropped, or null where something else was. */
export function draggedLayer(event: DragEvent): string | null {
  return event.dataTransfer.getData(MIME) || null
}
