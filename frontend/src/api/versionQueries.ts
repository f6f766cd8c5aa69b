/** Versions of datasets: edits make the next one. */

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { asked, server } from './client'
import type { DatasetEdit, DatasetInfo } from './types'

/** The next version of a dataset. The list of all datasets knows it at once. */
export function useEditDataset() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ dataset, edits }: { dataset: string; edits: DatasetEdit[] }) =>
      asked<DatasetInfo>(
        server.POST('/api/datasets/{dataset}/versions', {
          params: { path: { dataset } },
          body: { edits },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['datasets'] }),
  })
}
