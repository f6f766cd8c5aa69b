/** Versions of datasets: each knows its parent. Pure. */

import type { DatasetInfo } from '../api/types'

/** The datasets that nobody has made a newer version of, in the order given. */
export function newestOf<T extends Pick<DatasetInfo, 'id' | 'parent'>>(datasets: readonly T[]): T[] {
  const edited = new Set(datasets.map(({ parent }) => parent))
  return datasets.filter(({ id }) => !edited.has(id))
}
