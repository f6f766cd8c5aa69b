/** What is asked of the tools around a training: dry run, TensorBoard, reproduction. */

import type { Graph, Recipe } from '../graph/document'
import { withheld } from '../graph/trust'
import { asked, ofRun, server } from './client'
import type { ReproductionState, Trial } from './types'

/** Sends one real batch through a drawing; `signal` takes the question back. */
export function tryBatch(graph: Graph, recipe: Recipe, signal: AbortSignal): Promise<Trial> {
  const body = { graph: withheld(graph), recipe } as never
  return asked(server.POST('/api/training/try', { body, signal }))
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
