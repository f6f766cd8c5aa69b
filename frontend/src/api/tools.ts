/** What is asked of the tools around a training: TensorBoard, reproduction. */

import { asked, ofRun, server } from './client'
import type { ReproductionState } from './types'

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
