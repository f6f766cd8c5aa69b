/** What components ask of the server, remembered and kept fresh. */

import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { ApiError } from './apiError'
import * as graphs from './graphs'
import * as runs from './runs'
import { isEnded } from './streamCursor'
import type { NewRun, RunChange, RunDetail, RunPage } from './types'
import type { Recipe } from '../graph/document'

const keys = {
  catalog: ['catalog'],
  examples: ['examples'],
  blocks: ['blocks'],
  runs: ['runs'],
  run: (run: number) => ['run', run],
  report: (run: number) => ['report', run],
  curves: (run: number, ended: boolean) => ['curves', run, ended],
} as const

export const FOREVER = { staleTime: Infinity, gcTime: Infinity }
const BUSY_INTERVAL_MS = 2_000
const IDLE_INTERVAL_MS = 15_000
const WARM_UP_TRIES = 20

/** Keras may still be warming up when the page opens: no answer yet is not a mistake of the question. */
function retryWhileWarmingUp(failures: number, error: Error): boolean {
  const itsOurMistake = error instanceof ApiError && error.status >= 400 && error.status < 500
  return !itsOurMistake && failures < WARM_UP_TRIES
}

export const untilWarm = {
  retry: retryWhileWarmingUp,
  retryDelay: (tries: number) => Math.min(250 * 2 ** tries, 3_000),
}

export function useCatalog() {
  return useQuery({ queryKey: keys.catalog, queryFn: graphs.getCatalog, ...FOREVER, ...untilWarm })
}

export function useExamples() {
  return useQuery({ queryKey: keys.examples, queryFn: graphs.getExamples, ...FOREVER, ...untilWarm })
}

/** The block library. */
export function useBlocks() {
  return useQuery({ queryKey: keys.blocks, queryFn: graphs.getBlocks, ...FOREVER, ...untilWarm })
}

/** The learning rate over a training with this recipe: asked again for every other plan of it. */
export function useLearningRates({ data, compile, fit, callbacks, seed }: Recipe) {
  const recipe: Recipe = {
    data,
    compile,
    fit,
    callbacks: callbacks.filter(({ type }) => type === 'LearningRateScheduler'),
    seed,
  }
  const { optimizer } = compile
  const plan = [
    data.dataset,
    data.validation_fraction,
    optimizer,
    recipe.callbacks,
    fit.epochs,
    fit.batch_size,
  ]
  return useQuery({
    queryKey: ['learning-rates', plan],
    queryFn: ({ signal }) => graphs.getLearningRates(recipe, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  })
}

export function useRuns() {
  return useQuery({
    queryKey: keys.runs,
    queryFn: () => runs.getRuns(),
    refetchInterval: ({ state }) => (someAtWork(state.data) ? BUSY_INTERVAL_MS : IDLE_INTERVAL_MS),
  })
}

function someAtWork(page: RunPage | undefined): boolean {
  return page?.runs.some((run) => !isEnded(run.state)) ?? false
}

export function useRun(run: number | null) {
  return useQuery({
    queryKey: keys.run(run ?? 0),
    queryFn: () => runs.getRun(run ?? 0),
    enabled: run !== null,
    refetchInterval: ({ state }) => (isEnded(state.data?.state) ? false : BUSY_INTERVAL_MS),
    retry: (failures, error) => !(error instanceof ApiError && error.status === 404) && failures < 3,
  })
}

/** What Keras makes of a run's frozen drawing: it never changes. */
export function useGraphReport({ id, graph }: RunDetail) {
  return useQuery({
    queryKey: keys.report(id),
    queryFn: ({ signal }) => graphs.checkGraph(graph, null, signal),
    staleTime: Infinity,
  })
}

const CURVE_POINTS = 500

/** A run's thinned curves, to lay beside those of others. */
export function curvesQuery(run: number, ended: boolean) {
  return {
    queryKey: keys.curves(run, ended),
    queryFn: () => runs.getCurves(run, CURVE_POINTS),
    ...(ended ? { staleTime: Infinity } : { refetchInterval: BUSY_INTERVAL_MS }),
  }
}

/** A run changed: what is shown of it and of the list is asked for again. */
export function refreshRun(queries: QueryClient, run: number): Promise<unknown> {
  return Promise.all([
    queries.invalidateQueries({ queryKey: keys.runs }),
    queries.invalidateQueries({ queryKey: keys.run(run) }),
  ])
}

function useRunCommand<Argument>(command: (run: number, argument: Argument) => Promise<RunDetail>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ run, argument }: { run: number; argument: Argument }) => command(run, argument),
    onSuccess: (detail) => queries.setQueryData(keys.run(detail.id), detail),
    onSettled: (_data, _error, { run }) => refreshRun(queries, run),
  })
}

export function useStopRun() {
  return useRunCommand<null>((run) => runs.stopRun(run))
}

export function usePauseRun() {
  return useRunCommand<null>((run) => runs.pauseRun(run))
}

export function useMoveRun() {
  return useRunCommand<number>(runs.moveRun)
}

export function useResumeRun() {
  return useRunCommand<null>((run) => runs.resumeRun(run))
}

export function useChangeRun() {
  return useRunCommand<RunChange>(runs.changeRun)
}

export function useCreateRun() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ run, key }: { run: NewRun; key: string }) => runs.createRun(run, key),
    onSuccess: (detail) => {
      queries.setQueryData(keys.run(detail.id), detail)
      return queries.invalidateQueries({ queryKey: keys.runs })
    },
  })
}

export function useDeleteRun() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: runs.deleteRun,
    onSuccess: (_nothing, run) => {
      queries.removeQueries({ queryKey: keys.run(run) })
      return queries.invalidateQueries({ queryKey: keys.runs })
    },
  })
}

/** A key that names one press of a button, so that a lost answer or a double click makes one run. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('')
}
