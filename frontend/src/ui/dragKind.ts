import type { DragEvent } from 'react'

/** What can be dragged from one place of the page to another, by a name that goes with it. */
export interface DragKind {
  start: (event: DragEvent, value: string) => void
  isOver: (event: DragEvent) => boolean
  /** What was dropped, or null where something else was. */
  dropped: (event: DragEvent) => string | null
}

export function dragKind(name: string, effect: 'copy' | 'link' = 'copy'): DragKind {
  const mime = `application/x-layerloom-${name}`
  return {
    start: ({ dataTransfer }, value) => {
      dataTransfer.setData(mime, value)
      dataTransfer.setData('text/plain', value)
      dataTransfer.effectAllowed = effect
    },
    isOver: ({ dataTransfer }) => dataTransfer.types.includes(mime),
    dropped: ({ dataTransfer }) => dataTransfer.getData(mime) || null,
  }
}
