/** What is asked of the server about drawings and recipes. Drawings go `withheld`: without code that nobody approved. */

import { withheld } from '../graph/trust'
import type { Block, Graph, Recipe } from '../graph/document'
import type { Catalog } from '../graph/catalog'
import type { CheckReport } from '../graph/report'
import { asked, server } from './client'
import type {
  Augmented,
  Example,
  Imported,
  LibraryBlock,
  LayerReport,
  LearningRates,
  SourceStyle,
  UntrainedFormat,
} from './types'

export function getCatalog(): Promise<Catalog> {
  return asked(server.GET('/api/catalog'))
}

export function getBlocks(): Promise<LibraryBlock[]> {
  return asked(server.GET('/api/blocks'))
}

export function getExamples(): Promise<Example[]> {
  return asked(server.GET('/api/examples'))
}

/** What Keras makes of a drawing; `signal` takes the question back. */
export function checkGraph(graph: Graph, recipe: Recipe | null, signal?: AbortSignal): Promise<CheckReport> {
  const body = { graph: withheld(graph), recipe } as never
  return asked(server.POST('/api/graphs/check', { body, ...(signal && { signal }) }))
}

/** Keras's own summary of a drawing, as text. */
export function getSummary(graph: Graph, signal?: AbortSignal): Promise<string> {
  const body = { graph: withheld(graph) } as never
  return asked(server.POST('/api/graphs/summary', { body, parseAs: 'text', ...(signal && { signal }) }))
}

/** The drawing in a file, and a token for its weights if it has some. */
export function importFile(file: File): Promise<Imported> {
  const body = new FormData()
  body.append('file', file)
  return asked(server.POST('/api/graphs/import', { body: body as never }))
}

/** A drawing as Python code, or as the JSON text of a notebook. */
export function getSource(
  graph: Graph,
  recipe: Recipe | null,
  style: SourceStyle,
  signal?: AbortSignal,
): Promise<string> {
  const body = { graph: withheld(graph), recipe, style } as never
  return asked(server.POST('/api/graphs/source', { body, parseAs: 'text', ...(signal && { signal }) }))
}

/** The layers of an application node, as a block. */
export function unpackApplication(graph: Graph, node: string): Promise<Block> {
  return asked(server.POST('/api/graphs/unpack', { body: { graph: withheld(graph), node } as never }))
}

/** The learning rate over a training to come. */
export function getLearningRates(recipe: Recipe, signal?: AbortSignal): Promise<LearningRates> {
  return asked(
    server.POST('/api/recipes/learning-rates', { body: { recipe } as never, ...(signal && { signal }) }),
  )
}

export function suggestRecipe(graph: Graph, dataset: string): Promise<Recipe> {
  return asked(server.POST('/api/recipes/suggest', { body: { graph, dataset } as never }))
}

/** A drawing as a file without a training. */
export function exportGraph(graph: Graph, format: UntrainedFormat, seed?: number): Promise<Blob> {
  const body = { graph: withheld(graph), format, ...(seed !== undefined && { seed }) } as never
  return asked(server.POST('/api/graphs/export', { body, parseAs: 'blob' }))
}

/** One layer as a run with this seed would start from it. */
export function getInitialLayer(
  graph: Graph,
  seed: number,
  layer: string,
  signal?: AbortSignal,
): Promise<LayerReport> {
  const options = {
    params: { path: { layer } },
    body: { graph: withheld(graph), seed } as never,
    ...(signal && { signal }),
  }
  return asked(server.POST('/api/graphs/layers/{layer}', options))
}

export interface AugmentedQuestion {
  graph: Graph
  recipe: Recipe
  /** The path of the layer's node. */
  node: string
  rows: readonly number[]
  seed: number
}

/** What a layer makes of some pictures in training; each seed is another draw. */
export function getAugmented(
  { graph, recipe, node, rows, seed }: AugmentedQuestion,
  signal?: AbortSignal,
): Promise<Augmented> {
  const body = { graph: withheld(graph), recipe, node, rows, seed } as never
  return asked(server.POST('/api/graphs/augmented', { body, ...(signal && { signal }) }))
}
