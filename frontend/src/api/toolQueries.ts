/** The tools around a training, as components ask for them. */

import { useQuery } from '@tanstack/react-query'
import { isEnded } from './streamCursor'
import * as tools from './tools'
import type { RunState } from './types'

const LOGS_INTERVAL_MS = 5_000

/** The runs that have written logs for TensorBoard; asked again while the run in this state may begin to. */
export function useBoardRuns(run: number, state: RunState) {
  return useQuery({
    queryKey: ['board', run, state],
    queryFn: tools.getBoardRuns,
    refetchInterval: ({ state: { data } }) =>
      isEnded(state) || data?.includes(run) ? false : LOGS_INTERVAL_MS,
  })
}
