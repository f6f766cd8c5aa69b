/** What is asked of a trained model: its files, its layers. A checkpoint never changes; `last` may, so it is not asked for here. */

import { keepPreviousData, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import type { Graph, Recipe } from '../graph/document'
import { ApiError } from './apiError'
import * as graphs from './graphs'
import * as models from './models'
import type { Exportable, FormatName } from './types'

const keys = {
  exports: (run: number, epoch: number) => ['exports', run, epoch],
  layers: (run: number, epoch: number) => ['layers', run, epoch],
  layer: (run: number, epoch: number, layer: string) => ['layer', run, epoch, layer],
  history: (run: number, looks: number, layer: string) => ['history', run, looks, layer],
  initial: (graph: Graph, seed: number, layer: string) => ['initial', graph, seed, layer],
  weight: (question: models.WeightQuestion) => ['weight', question],
} as const

const retry = (failures: number, error: Error) =>
  !(error instanceof ApiError && error.status >= 400 && error.status < 500) && failures < 2
const settled = { staleTime: Infinity, retry }

/** The formats of a checkpoint's model with the files that were made. */
export function useExports(run: number, epoch: number, enabled: boolean) {
  return useQuery({
    queryKey: keys.exports(run, epoch),
    queryFn: () => models.getExports(run, epoch),
    enabled,
    retry,
  })
}

/** Makes a file; the list then knows of it. */
export function useMakeExport(run: number, epoch: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (format: FormatName) => models.makeExport(run, format, epoch),
    onSuccess: (file) =>
      queries.setQueryData<Exportable[]>(keys.exports(run, epoch), (listed) =>
        listed?.map((one) => (one.format === file.format ? { ...one, file } : one)),
      ),
  })
}

export function useLayers(run: number, epoch: number) {
  return useQuery({
    queryKey: keys.layers(run, epoch),
    queryFn: () => models.getLayers(run, epoch),
    placeholderData: keepPreviousData,
    ...settled,
  })
}

/** What each node gives out for these rows after an epoch; what was shown stays until the next epoch is there. */
export function useActivations(run: number, epoch: number | null, rows: readonly number[]) {
  return useQuery({
    queryKey: ['activations', run, epoch, rows],
    queryFn: () => models.getActivations(run, epoch ?? 0, rows),
    enabled: epoch !== null && rows.length > 0,
    placeholderData: keepPreviousData,
    ...settled,
  })
}

/** The same of a drawing that was not trained; what was shown stays until the changed drawing has answered. */
export function useInitialActivations(
  graph: Graph,
  recipe: Recipe | null,
  rows: readonly number[],
  enabled: boolean,
) {
  const { data, seed } = recipe ?? {}
  return useQuery({
    queryKey: ['initial-activations', graph, data, seed, rows],
    queryFn: recipe ? ({ signal }) => models.getInitialActivations(graph, recipe, rows, signal) : skipToken,
    enabled: enabled && rows.length > 0,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    ...settled,
  })
}

/**
 * Pictures before and after a layer that changes them in training; null asks for nothing. `meaning` is what the answer
 * depends on. What was shown stays until the next draw is there.
 */
export function useAugmented(question: graphs.AugmentedQuestion | null, meaning: string) {
  return useQuery({
    queryKey: ['augmented', meaning, question?.seed],
    queryFn: question ? ({ signal }) => graphs.getAugmented(question, signal) : skipToken,
    placeholderData: keepPreviousData,
    ...settled,
  })
}

/** One layer at every look; asked again when there are more `looks`. */
export function useLayerHistory(run: number, looks: number, layer: string) {
  return useQuery({
    queryKey: keys.history(run, looks, layer),
    queryFn: () => models.getLayerHistory(run, layer),
    enabled: looks > 1,
    ...settled,
  })
}

/** One layer after an epoch; null run or epoch asks for nothing. What was shown stays until the next epoch is there. */
export function useLayer(run: number | null, epoch: number | null, layer: string) {
  return useQuery({
    queryKey: keys.layer(run ?? 0, epoch ?? 0, layer),
    queryFn: () => models.getLayer(run ?? 0, epoch ?? 0, layer),
    enabled: run !== null && epoch !== null,
    placeholderData: keepPreviousData,
    ...settled,
  })
}

/** One layer as a run with this seed would start from it. */
export function useInitialLayer(graph: Graph, seed: number, layer: string, enabled: boolean) {
  return useQuery({
    queryKey: keys.initial(graph, seed, layer),
    queryFn: ({ signal }) => graphs.getInitialLayer(graph, seed, layer, signal),
    enabled,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
    ...settled,
  })
}

export function useWeight(question: models.WeightQuestion) {
  return useQuery({
    queryKey: keys.weight(question),
    queryFn: () => models.getWeight(question),
    placeholderData: keepPreviousData,
    ...settled,
  })
}

/** Asks about every row of a file; one at a time, to be taken back. */
export function usePredictFile(run: number, epoch: number) {
  const abort = useRef<AbortController | null>(null)
  const asking = useMutation({
    mutationFn: (file: File) => {
      abort.current = new AbortController()
      return models.predictFile(run, epoch, file, abort.current.signal)
    },
  })
  const cancel = () => {
    abort.current?.abort()
    asking.reset()
  }
  return { ...asking, cancel }
}
