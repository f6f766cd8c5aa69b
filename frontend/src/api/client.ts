/** Requests to the server, typed by its OpenAPI document. Nothing in the page calls `fetch` but what is here and `tools.ts`. */

import createClient from 'openapi-fetch'
import { withheld } from '../graph/trust'
import type { Block, Graph, Recipe } from '../graph/document'
import type { Catalog } from '../graph/catalog'
import type { CheckReport } from '../graph/report'
import { errorFrom, errorWithoutAnswer } from './apiError'
import type { paths } from './types.gen'
import type {
  Activations,
  Augmented,
  Curves,
  DatasetInfo,
  Epoch,
  Evaluation,
  Example,
  Imported,
  LibraryBlock,
  Exportable,
  FormatName,
  FoundRows,
  LayerList,
  LayerMoment,
  LayerReport,
  LearningRates,
  ModelFile,
  NewRun,
  Predictions,
  Rows,
  RunChange,
  RunDetail,
  RunPage,
  Samples,
  SourceStyle,
  SplitName,
  UntrainedFormat,
  WeightValues,
} from './types'

export const server = createClient<paths>({ baseUrl: window.location.origin })

interface Answer {
  data?: unknown
  error?: unknown
  response: Response
}

/**
 * The body of a successful answer; anything else throws an ApiError. The generated types do not know that the server
 * fills in defaults, nor the page's own words for drawings: `T` is those words, and this is the one place that says so.
 */
export async function asked<T>(answer: Promise<Answer>): Promise<T> {
  let settled: Answer
  try {
    settled = await answer
  } catch (cause) {
    throw errorWithoutAnswer(cause)
  }
  if (!settled.response.ok) throw errorFrom(settled.response.status, settled.error)
  return settled.data as T
}

// Every call that lets the server run what a drawing holds sends it `withheld`: without code that nobody approved.

export const ofRun = (run: number) => ({ params: { path: { run } } })

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

export function getDatasets(): Promise<DatasetInfo[]> {
  return asked(server.GET('/api/datasets'))
}

export function getDataset(dataset: string): Promise<DatasetInfo> {
  return asked(server.GET('/api/datasets/{dataset}', { params: { path: { dataset } } }))
}

/** Where the arrays of a dataset lie for downloading. */
export function arraysUrl(dataset: string): string {
  return `/api/datasets/${dataset}/arrays`
}

export interface RowsQuestion {
  dataset: string
  split: string
  offset: number
  limit: number
}

export function getRows({ dataset, ...query }: RowsQuestion, signal?: AbortSignal): Promise<Rows> {
  const params = { path: { dataset }, query }
  return asked(server.GET('/api/datasets/{dataset}/rows', { params, ...(signal && { signal }) }))
}

export function getRuns(limit = 1000): Promise<RunPage> {
  return asked(server.GET('/api/runs', { params: { query: { limit } } }))
}

export function getRun(run: number): Promise<RunDetail> {
  return asked(server.GET('/api/runs/{run}', ofRun(run)))
}

/** Queues a run. The same key twice makes one run. */
export function createRun(run: NewRun, key: string): Promise<RunDetail> {
  const params = { header: { 'idempotency-key': key } }
  return asked(server.POST('/api/runs', { params, body: run as never }))
}

export function changeRun(run: number, change: RunChange): Promise<RunDetail> {
  return asked(server.PATCH('/api/runs/{run}', { ...ofRun(run), body: change }))
}

export function deleteRun(run: number): Promise<void> {
  return asked(server.DELETE('/api/runs/{run}', ofRun(run)))
}

export function stopRun(run: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/stop', ofRun(run)))
}

export function pauseRun(run: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/pause', ofRun(run)))
}

/** Puts a run that waits at this place of the queue, from 1. */
export function moveRun(run: number, position: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/move', { ...ofRun(run), body: { position } }))
}

export function resumeRun(run: number): Promise<RunDetail> {
  return asked(server.POST('/api/runs/{run}/resume', ofRun(run)))
}

export async function getCurves(run: number, points: number): Promise<Curves> {
  const params = { path: { run }, query: { points } }
  return (await asked<{ series: Curves }>(server.GET('/api/runs/{run}/metrics', { params }))).series
}

export async function predict(
  run: number,
  question: { inputs: Samples; epoch: Epoch },
  signal?: AbortSignal,
): Promise<Predictions> {
  const ask = server.POST('/api/runs/{run}/predict', {
    ...ofRun(run),
    body: question as never,
    ...(signal && { signal }),
  })
  return (await asked<{ outputs: Predictions }>(ask)).outputs
}

/** The answers to every row of a file, as a CSV file; `signal` ends the work. */
export function predictFile(run: number, epoch: Epoch, file: File, signal: AbortSignal): Promise<Blob> {
  const body = new FormData()
  body.append('file', file)
  const params = { path: { run }, query: { epoch: String(epoch) } }
  const options = { params, body: body as never, parseAs: 'blob' as const, signal }
  return asked(server.POST('/api/runs/{run}/predict/file', options))
}

export interface EvaluationQuestion {
  run: number
  dataset: string
  split: SplitName
  epoch: number
}

/** Judges a run's model on rows with known answers; `signal` ends the work. */
export function evaluate({ run, ...body }: EvaluationQuestion, signal?: AbortSignal): Promise<Evaluation> {
  return asked(server.POST('/api/runs/{run}/evaluate', { ...ofRun(run), body, ...(signal && { signal }) }))
}

export interface FoundQuestion extends EvaluationQuestion {
  output: string
  true?: string
  predicted?: string
  mistakes?: boolean
  order: 'confident' | 'unsure' | 'loss' | 'row'
  offset: number
  limit: number
}

/** The rows behind an evaluation. */
export function getFoundRows({ run, ...query }: FoundQuestion, signal?: AbortSignal): Promise<FoundRows> {
  const params = { path: { run }, query: { ...query, epoch: String(query.epoch) } }
  return asked(server.GET('/api/runs/{run}/evaluate/rows', { params, ...(signal && { signal }) }))
}

/** Where the model of a run lies for downloading. */
export function modelUrl(
  run: number,
  epoch: Epoch,
  format: FormatName | 'script' | 'notebook' = 'keras',
): string {
  return `/api/runs/${run}/model?format=${format}&epoch=${epoch}`
}

/** Every format, with the file that was made of it. */
export function getExports(run: number, epoch: Epoch): Promise<Exportable[]> {
  const params = { path: { run }, query: { epoch: String(epoch) } }
  return asked(server.GET('/api/runs/{run}/exports', { params }))
}

/** Makes and tries a file of a run's model. */
export function makeExport(run: number, format: FormatName, epoch: Epoch): Promise<ModelFile> {
  return asked(server.POST('/api/runs/{run}/exports', { ...ofRun(run), body: { format, epoch } }))
}

/** A drawing as a file without a training. */
export function exportGraph(graph: Graph, format: UntrainedFormat, seed?: number): Promise<Blob> {
  const body = { graph: withheld(graph), format, ...(seed !== undefined && { seed }) } as never
  return asked(server.POST('/api/graphs/export', { body, parseAs: 'blob' }))
}

export function getLayers(run: number, epoch: Epoch): Promise<LayerList> {
  const params = { path: { run }, query: { epoch: String(epoch) } }
  return asked(server.GET('/api/runs/{run}/layers', { params }))
}

/** One layer of a run's model, by name or index. */
export function getLayer(run: number, epoch: Epoch, layer: string): Promise<LayerReport> {
  const params = { path: { run, layer }, query: { epoch: String(epoch) } }
  return asked(server.GET('/api/runs/{run}/layers/{layer}', { params }))
}

/** What each node of a run's drawing gives out for rows of the training split. */
export function getActivations(run: number, epoch: Epoch, rows: readonly number[]): Promise<Activations> {
  const params = { path: { run }, query: { epoch: String(epoch), rows: rows.join(',') } }
  return asked(server.GET('/api/runs/{run}/activations', { params }))
}

/** The same of a drawing, with the weights that a run would start from. */
export function getInitialActivations(
  graph: Graph,
  recipe: Recipe,
  rows: readonly number[],
  signal?: AbortSignal,
): Promise<Activations> {
  const options = { body: { graph: withheld(graph), recipe, rows } as never, ...(signal && { signal }) }
  return asked(server.POST('/api/graphs/activations', options))
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

/** One layer at every look that was taken at it. */
export function getLayerHistory(run: number, layer: string): Promise<LayerMoment[]> {
  return asked(server.GET('/api/runs/{run}/probes/history', { params: { path: { run }, query: { layer } } }))
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

export interface WeightQuestion {
  run: number
  epoch: Epoch
  layer: string
  weight: number
}

/** The values of one weight, thinned. */
export function getWeight({ run, epoch, layer, weight }: WeightQuestion): Promise<WeightValues> {
  const params = { path: { run, layer, weight }, query: { epoch: String(epoch) } }
  return asked(server.GET('/api/runs/{run}/layers/{layer}/weights/{weight}', { params }))
}

/** Where all values of one weight lie for downloading. */
export function weightUrl({ run, epoch, layer, weight }: WeightQuestion, format: 'npy' | 'csv'): string {
  const place = `${encodeURIComponent(layer)}/weights/${weight}`
  return `/api/runs/${run}/layers/${place}?format=${format}&epoch=${epoch}`
}
