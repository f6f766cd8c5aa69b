/** Choosing a dataset: the server proposes how this drawing could be trained on it. */

import { useMutation } from '@tanstack/react-query'
import { toast } from 'sonner'
import { suggestRecipe } from '../api/graphs'
import { draftActions, draftStore } from '../graph/useDraft'

export function useChooseDataset() {
  const { mutateAsync, isPending } = useMutation({
    mutationFn: (dataset: string) => suggestRecipe(draftStore.getState().graph, dataset),
  })
  /** Whether it worked; what went wrong is said. */
  const choose = async (dataset: string): Promise<boolean> => {
    try {
      draftActions.replaceRecipe(await mutateAsync(dataset))
      return true
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
      return false
    }
  }
  return { choose, isPending }
}
