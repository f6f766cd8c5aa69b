/** What is asked of the server about datasets. */

import { asked, server } from './client'
import type { Graph, Recipe } from '../graph/document'
import type {
  DatasetInfo,
  Downloadable,
  Edit,
  Relations,
  Repeats,
  Rows,
  SplitCounts,
  UploadState,
  Version,
} from './types'

export function getDatasets(): Promise<DatasetInfo[]> {
  return asked(server.GET('/api/datasets'))
}

export function getDataset(dataset: string): Promise<DatasetInfo> {
  return asked(server.GET('/api/datasets/{dataset}', { params: { path: { dataset } } }))
}

/** Where the arrays of a dataset lie for downloading. */
export function arraysUrl(dataset: string): string {
  return `/api/datasets/${dataset}/arrays`
}

export interface RowsQuestion {
  dataset: string
  split: string
  offset: number
  limit: number
}

export function getRows({ dataset, ...query }: RowsQuestion, signal?: AbortSignal): Promise<Rows> {
  const params = { path: { dataset }, query }
  return asked(server.GET('/api/datasets/{dataset}/rows', { params, ...(signal && { signal }) }))
}

const ofDataset = (dataset: string) => ({ params: { path: { dataset } } })

/** Refused with 409, and who uses it, where a run was trained on it. */
export function deleteDataset(dataset: string): Promise<void> {
  return asked(server.DELETE('/api/datasets/{dataset}', ofDataset(dataset)))
}

/** Begins to make the next version of a dataset; how far it is, and what comes of it, stands at an upload. */
export function beginVersion(
  dataset: string,
  edits: readonly Edit[],
  signal: AbortSignal,
): Promise<UploadState> {
  const params = { path: { dataset }, query: { wait: false } }
  return asked(
    server.POST('/api/datasets/{dataset}/versions', { params, body: { edits: [...edits] }, signal }),
  )
}

/** The next version of a dataset, once it is there. */
export function createVersion(dataset: string, edits: readonly Edit[]): Promise<DatasetInfo> {
  const options = { ...ofDataset(dataset), body: { edits: [...edits] } }
  return asked(server.POST('/api/datasets/{dataset}/versions', options))
}

/** All versions of a dataset, the first one first. */
export function getVersions(dataset: string): Promise<Version[]> {
  return asked(server.GET('/api/datasets/{dataset}/versions', ofDataset(dataset)))
}

/** How the columns go with one of them; the server works this out once for each target. */
export function getRelations(dataset: string, target: string, signal?: AbortSignal): Promise<Relations> {
  const params = { path: { dataset }, query: { target } }
  return asked(server.GET('/api/datasets/{dataset}/relations', { params, ...(signal && { signal }) }))
}

/** How far the comparing of columns is, from 0 to 1; null while it waits for its turn. */
export async function getComparing(dataset: string, signal: AbortSignal): Promise<number | null> {
  const options = { ...ofDataset(dataset), signal }
  const answer = asked<{ done: number | null }>(
    server.GET('/api/datasets/{dataset}/relations/progress', options),
  )
  return (await answer).done
}

/** Which rows are equal to one before them. */
export function getRepeats(dataset: string): Promise<Repeats> {
  return asked(server.GET('/api/datasets/{dataset}/repeats', ofDataset(dataset)))
}

/** The sets that can be fetched, and which of them are there already. */
export function getDownloadable(): Promise<Downloadable[]> {
  return asked(server.GET('/api/datasets/downloadable'))
}

/** Begins to fetch a set; how far it is, and what comes of it, stands at an upload. */
export function beginDownload(name: string, signal: AbortSignal): Promise<UploadState> {
  const params = { path: { name: name as never } }
  return asked(server.POST('/api/datasets/downloadable/{name}', { params, signal }))
}

/** How many rows of each class a recipe would train on, judge by and keep for the end. */
export async function getSplits(
  data: Recipe['data'],
  seed: number,
  signal?: AbortSignal,
): Promise<SplitCounts> {
  const options = { ...ofDataset(data.dataset), body: { data, seed } as never, ...(signal && { signal }) }
  const answer = asked<{ splits: SplitCounts }>(server.POST('/api/datasets/{dataset}/splits', options))
  return (await answer).splits
}

/** A drawing and a recipe that fit a dataset, ready to train. */
export function startFrom(dataset: string): Promise<{ graph: Graph; recipe: Recipe }> {
  return asked(server.POST('/api/graphs/start', { body: { dataset } }))
}
