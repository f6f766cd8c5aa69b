/** What is asked of the tools around a training: TensorBoard. */

import { asked, server } from './client'

/** The runs that have written logs for TensorBoard, by id. */
export async function getBoardRuns(): Promise<number[]> {
  return (await asked<{ runs: number[] }>(server.GET('/api/tensorboard'))).runs
}

/** Where TensorBoard itself is: on one run, or on all. */
export function boardUrl(run: number | null): string {
  // Its runs are named `<id>-<name>/train`; the filter is a regular expression.
  return run === null ? '/tensorboard/' : `/tensorboard/?runFilter=${encodeURIComponent(`^${run}(-|/)`)}`
}
