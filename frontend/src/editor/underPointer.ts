import { canvasStore, type LayerFlowEdge } from './canvasStore'

/** How far above a wire its shape is written: who drops a node onto the shape means the wire. */
const REACH_PX = [0, 12, -12]

/** The wire that lies under a place of the screen or close to it, also where a node covers it. */
export function wireUnder(x: number, y: number): LayerFlowEdge | null {
  for (const reach of REACH_PX) {
    for (const element of document.elementsFromPoint(x, y + reach)) {
      const id = element.closest('.react-flow__edge')?.getAttribute('data-id')
      if (id) return canvasStore.getState().edges.find((edge) => edge.id === id) ?? null
    }
  }
  return null
}

/** The id of the node that lies under a place of the screen. */
export function nodeUnder(x: number, y: number): string | null {
  const node = document.elementFromPoint(x, y)?.closest('.react-flow__node')
  return node?.getAttribute('data-id') ?? null
}

/** The screen place of a mouse or touch event. */
export function pointOf(event: MouseEvent | TouchEvent): [number, number] {
  const at = 'changedTouches' in event ? event.changedTouches[0] : event
  return at ? [at.clientX, at.clientY] : [0, 0]
}
