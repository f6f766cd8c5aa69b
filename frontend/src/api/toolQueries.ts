/** The tools around a training, as components ask for them. */

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { isEnded } from './streamCursor'
import * as tools from './tools'
import type { ReproductionState, RunState } from './types'

const LOGS_INTERVAL_MS = 5_000
const PROGRESS_INTERVAL_MS = 1_000

/** The runs that have written logs for TensorBoard; asked again while the run in this state may begin to. */
export function useBoardRuns(run: number, state: RunState) {
  return useQuery({
    queryKey: ['board', run, state],
    queryFn: tools.getBoardRuns,
    refetchInterval: ({ state: { data } }) =>
      isEnded(state) || data?.includes(run) ? false : LOGS_INTERVAL_MS,
  })
}

const reproductionKey = (run: number) => ['reproduction', run]

/** Whether a run is being trained again by its script, or what came of it. */
export function useReproduction(run: number) {
  return useQuery({
    queryKey: reproductionKey(run),
    queryFn: () => tools.getReproduction(run),
    refetchInterval: ({ state: { data } }) => (data?.state === 'running' ? PROGRESS_INTERVAL_MS : false),
  })
}

export function useReproductionCommands(run: number) {
  const queries = useQueryClient()
  const onSuccess = (told: ReproductionState) => queries.setQueryData(reproductionKey(run), told)
  return {
    begin: useMutation({ mutationFn: () => tools.reproduce(run), onSuccess }),
    cancel: useMutation({ mutationFn: () => tools.cancelReproduction(run), onSuccess }),
  }
}
