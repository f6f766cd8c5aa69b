/** What components ask about datasets, remembered and kept fresh. */

import {
  keepPreviousData,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import * as datasets from './datasets'
import type { Recipe } from '../graph/document'
import { FOREVER, untilWarm } from './queries'
import type { Edit } from './types'

const keys = {
  datasets: ['datasets'],
  downloadable: ['datasets', 'downloadable'],
  comparing: (dataset: string) => ['comparing', dataset],
  relations: (dataset: string, target: string) => ['relations', dataset, target],
  versions: (dataset: string) => ['datasets', 'versions', dataset],
  splits: (data: Recipe['data'], seed: number) => ['splits', data, seed],
  rows: (question: datasets.RowsQuestion) => ['rows', question],
} as const

export function useDatasets() {
  return useQuery({ queryKey: keys.datasets, queryFn: datasets.getDatasets, ...FOREVER, ...untilWarm })
}

/** One of the datasets, by id; undefined id asks for nothing. The list holds every profile, so it is asked once. */
export function useDataset(id: string | undefined) {
  const all = useDatasets()
  return { ...all, data: all.data?.find((dataset) => dataset.id === id) }
}

export function useDatasetRows(question: datasets.RowsQuestion, enabled = true) {
  return useQuery({
    queryKey: keys.rows(question),
    queryFn: ({ signal }) => datasets.getRows(question, signal),
    placeholderData: keepPreviousData,
    enabled,
    staleTime: Infinity,
  })
}

/** There is another dataset, or one less: the list is asked for again. */
export function refreshDatasets(queries: QueryClient): Promise<void> {
  return queries.invalidateQueries({ queryKey: keys.datasets })
}

/** How the columns go with a target; a dataset never changes, so it is asked once. Undefined target asks for nothing. */
export function useRelations(dataset: string, target: string | undefined) {
  const queries = useQueryClient()
  const queryKey = keys.relations(dataset, target ?? '')
  const asking = useQuery({
    queryKey,
    queryFn: ({ signal }) => datasets.getRelations(dataset, target ?? '', signal),
    enabled: target !== undefined,
    staleTime: Infinity,
    retry: false,
  })
  /** Hanging up ends the work at the server. */
  const stop = () => void queries.cancelQueries({ queryKey })
  return { ...asking, stop }
}

const LOOK_MS = 400

/** How far the comparing of columns is, looked at again and again; null while it waits. */
export function useComparing(dataset: string) {
  return useQuery({
    queryKey: keys.comparing(dataset),
    queryFn: ({ signal }) => datasets.getComparing(dataset, signal),
    refetchInterval: LOOK_MS,
    gcTime: 0,
    retry: false,
  })
}

/** The sets that can be fetched, and which of them are there already. */
export function useDownloadable() {
  return useQuery({ queryKey: keys.downloadable, queryFn: datasets.getDownloadable, ...FOREVER })
}

/** Asks which rows are equal to one before them. */
export function useRepeats() {
  return useMutation({ mutationFn: datasets.getRepeats })
}

/** All versions of a dataset, the first one first. */
export function useVersions(dataset: string) {
  return useQuery({
    queryKey: keys.versions(dataset),
    queryFn: () => datasets.getVersions(dataset),
    retry: false,
  })
}

export function useDeleteDataset() {
  const queries = useQueryClient()
  return useMutation({ mutationFn: datasets.deleteDataset, onSuccess: () => refreshDatasets(queries) })
}

/** How many rows of each class every split has. */
export function useSplits(data: Recipe['data'], seed: number) {
  return useQuery({
    queryKey: keys.splits(data, seed),
    queryFn: ({ signal }) => datasets.getSplits(data, seed, signal),
    placeholderData: keepPreviousData,
    staleTime: Infinity,
    retry: false,
  })
}

/** Makes the next version of a dataset. The list of all datasets knows it at once. */
export function useEditDataset() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ dataset, edits }: { dataset: string; edits: Edit[] }) =>
      datasets.createVersion(dataset, edits),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.datasets }),
  })
}
