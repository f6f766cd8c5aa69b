import type { Graph } from '../graph/document'
import { placeMissing } from '../graph/place'
import { canvasSize } from './actions'
import { canvasStore } from './canvasStore'
import { arrange } from './layout'

/** What a node takes on the canvas before it has been drawn there. */
const USUAL = { width: 164, height: 54 }

/** A drawing that comes without places gets them from the layout engine, or column by column where that fails. */
export async function laidOut(graph: Graph): Promise<Graph> {
  if (Object.keys(graph.layout).length > 0 || graph.nodes.length === 0) return placeMissing(graph)
  const { entries } = canvasStore.getState()
  try {
    return { ...graph, layout: await arrange(graph, () => USUAL, entries, canvasSize()) }
  } catch {
    return placeMissing(graph)
  }
}
