/** What is asked of the server about the models of runs: their answers, files, layers and weights. */

import { withheld } from '../graph/trust'
import type { Graph, Recipe } from '../graph/document'
import { asked, ofRun, server } from './client'
import type {
  Activations,
  Epoch,
  Evaluation,
  EvaluationProgress,
  Exportable,
  FormatName,
  FoundRows,
  LayerList,
  LayerMoment,
  LayerReport,
  ModelFile,
  Predictions,
  Samples,
  SplitName,
  WeightValues,
} from './types'

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

/** How many of its rows an evaluation under way has judged; null while there is none. */
export function getEvaluationProgress({
  run,
  dataset,
  split,
  epoch,
}: EvaluationQuestion): Promise<EvaluationProgress | null> {
  const query = { dataset, split, epoch: String(epoch) }
  return asked(server.GET('/api/runs/{run}/evaluate/progress', { params: { path: { run }, query } }))
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

/** One layer at every look that was taken at it. */
export function getLayerHistory(run: number, layer: string): Promise<LayerMoment[]> {
  return asked(server.GET('/api/runs/{run}/probes/history', { params: { path: { run }, query: { layer } } }))
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
