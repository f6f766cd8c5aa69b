/** Starting with a dataset: the server draws a network that fits it, and says how to train it. */

import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { getDataset, startFrom } from '../api/datasets'
import { laidOut } from '../editor/laidOut'
import type { Project } from '../graph/document'
import { leftOut } from './leftOut'

/** Long enough to be read by who looks at the drawing first. */
const LONG_MS = 15_000

/** Opens a project as a new draft. */
export type OpenProject = (project: Omit<Project, 'id'>) => void

export function useStartFrom(onOpen: OpenProject) {
  const { t } = useTranslation('data')
  const navigate = useNavigate()
  const { mutateAsync, isPending } = useMutation({ mutationFn: startFrom })
  /** Whether it worked; what went wrong is said. */
  const start = async (dataset: string): Promise<boolean> => {
    try {
      const [{ graph, recipe }, info] = await Promise.all([mutateAsync(dataset), getDataset(dataset)])
      onOpen({ name: graph.name, graph: await laidOut(graph), recipe })
      await navigate('/')
      for (const { column, message } of leftOut(info, recipe))
        toast.info(t('start.leftOut', { column }), { description: message, duration: LONG_MS })
      return true
    } catch (error) {
      toast.error(error instanceof Error ? error.message : String(error))
      return false
    }
  }
  return { start, isPending }
}
