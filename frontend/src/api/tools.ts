/** What is asked of the tools around a training: dry run, learning rates, TensorBoard, reproduction. */

import type { Graph, Recipe } from '../graph/document'
import { withheld } from '../graph/trust'
import { errorFrom } from './apiError'
import { asked, ofRun, server } from './client'
import type { RateProgress, ReproductionState, Trial } from './types'

/** Sends one real batch through a drawing; `signal` takes the question back. */
export function tryBatch(graph: Graph, recipe: Recipe, signal: AbortSignal): Promise<Trial> {
  const body = { graph: withheld(graph), recipe } as never
  return asked(server.POST('/api/training/try', { body, signal }))
}

/** Raises the learning rate over a drawing's data; tells the points as they come. `signal` ends it. */
export async function sweepRates(
  graph: Graph,
  recipe: Recipe,
  tell: (progress: RateProgress) => void,
  signal: AbortSignal,
): Promise<void> {
  const options = { body: { graph: withheld(graph), recipe } as never, headers: LINES, signal }
  const answer = server.POST('/api/training/learning-rates', { ...options, parseAs: 'stream' })
  const stream = await asked<ReadableStream<Uint8Array<ArrayBuffer>>>(answer)
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader()
  let rest = ''
  for (;;) {
    const { value, done } = await reader.read()
    const lines = (rest + (value ?? '')).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) tell(progressOf(JSON.parse(line)))
    if (done) return
  }
}

const LINES = { accept: 'application/x-ndjson' }

/** A line of the stream; one that is an error is thrown. */
function progressOf(line: unknown): RateProgress {
  if (typeof line === 'object' && line !== null && 'points' in line) return line as RateProgress
  throw errorFrom(422, line)
}

/** The runs that have written logs for TensorBoard, by id. */
export async function getBoardRuns(): Promise<number[]> {
  return (await asked<{ runs: number[] }>(server.GET('/api/tensorboard'))).runs
}

/** Where TensorBoard itself is: on one run, or on all. */
export function boardUrl(run: number | null): string {
  // Its runs are named `<id>-<name>/train`; the filter is a regular expression.
  return run === null ? '/tensorboard/' : `/tensorboard/?runFilter=${encodeURIComponent(`^${run}(-|/)`)}`
}

/** How far the reproduction of a run is, or what came of the newest one. */
export function getReproduction(run: number): Promise<ReproductionState> {
  return asked(server.GET('/api/runs/{run}/reproduction', ofRun(run)))
}

/** Trains a run again by its script in a clean process. */
export function reproduce(run: number): Promise<ReproductionState> {
  return asked(server.POST('/api/runs/{run}/reproduce', ofRun(run)))
}

export function cancelReproduction(run: number): Promise<ReproductionState> {
  return asked(server.DELETE('/api/runs/{run}/reproduction', ofRun(run)))
}
