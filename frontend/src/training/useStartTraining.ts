/** Pressing Train: one run a press, however often the request has to be sent. */

import { useCallback, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { toast } from 'sonner'
import { newKey, useCreateRun } from '../api/queries'
import type { NewRun } from '../api/types'
import type { Graph, Project, Recipe } from '../graph/document'
import { draftStore, useDraft } from '../graph/useDraft'
import { useCheckState } from '../graph/useReport'
import { useShownRuns } from '../runs/shownRun'
import { readinessOf, type Readiness } from './readiness'
import { useTrainingView } from './trainingView'

interface Asked {
  graph: Graph
  recipe: Recipe
  weights: Project['weights']
}

interface Press extends Asked {
  key: string
}

export interface Training {
  readiness: Readiness
  isStarting: boolean
  start: () => void
}

export function useStartTraining(onStarted?: () => void): Training {
  const { t } = useTranslation('training')
  const graph = useDraft((draft) => draft.graph)
  const recipe = useDraft((draft) => draft.recipe)
  const check = useCheckState((state) => state)
  const { mutateAsync, isPending } = useCreateRun()
  const show = useShownRuns((runs) => runs.show)
  const view = useTrainingView((state) => state.show)
  const press = useRef<Press | null>(null)
  const readiness = readinessOf({ graph, recipe }, check)

  const send = useCallback(async () => {
    const draft = draftStore.getState()
    if (draft.recipe === null) return
    const { graph, recipe, weights } = draft
    press.current = samePress(press.current, { graph, recipe, weights })
    const { key } = press.current
    const name = draft.name.trim() || draft.graph.name
    const run = await mutateAsync({
      run: { ...(name && { name }), graph, recipe, ...startOf(weights) },
      key,
    })
    press.current = null
    show(draft.id, run.id)
    view('live')
    onStarted?.()
  }, [mutateAsync, onStarted, show, view])

  const start = useCallback(() => {
    send().catch((error: unknown) => toast.error(error instanceof Error ? error.message : t('start.failed')))
  }, [send, t])
  return { readiness, isStarting: isPending, start }
}

/** What the run starts from, in the words of the server. */
function startOf(weights: Project['weights']): Pick<NewRun, 'weights' | 'from_run' | 'from_epoch'> {
  if (!weights) return {}
  return 'run' in weights ? { from_run: weights.run, from_epoch: weights.epoch } : { weights: weights.token }
}

/** The press that got no answer, if it asked for the same: its key makes sure that it is not trained twice. */
function samePress(last: Press | null, asked: Asked): Press {
  const isSame = last?.graph === asked.graph && last.recipe === asked.recipe && last.weights === asked.weights
  return isSame ? last : { ...asked, key: newKey() }
}
