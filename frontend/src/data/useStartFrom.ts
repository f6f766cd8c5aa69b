/** Starting with a dataset: the server draws a network that fits it, and says how to train it. */

import { useMutation } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { startFrom } from '../api/datasets'
import { laidOut } from '../editor/laidOut'
import type { Project } from '../graph/document'

/** Opens a project as a new draft. */
export type OpenProject = (project: Omit<Project, 'id'>) => void

export function useStartFrom(onOpen: OpenProject) {
  const navigate = useNavigate()
  const { mutateAsync, isPending } = useMutation({ mutationFn: startFrom })
  /** Whether it worked; what went wrong is said. */
  const start = async (dataset: string): Promise<boolean> => {
    try {
      const { graph, recipe } = await mutateAsync(dataset)
      onOpen({ name: graph.name, graph: await laidOut(graph), recipe })
      await navigate('/')
      return true
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
      return false
    }
  }
  return { start, isPending }
}
