import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useActivations, useInitialActivations } from '../api/modelQueries'
import { useRun } from '../api/queries'
import type { Activations, RunDetail } from '../api/types'
import { checkStore } from '../graph/checkStore'
import type { Graph, Recipe } from '../graph/document'
import { useDraft } from '../graph/useDraft'
import { useLiveRun } from '../runs/liveRuns'
import { checkpointAt } from '../runs/pinnedEpoch'
import { useShownRun } from '../runs/shownRun'

const MOST_PARAMETERS = 20_000_000

interface Answer {
  data: Activations | undefined
  error: Error | null
}

/** What the nodes of the draft give out for these rows: after an epoch of its run if it is still that drawing, else untrained. */
export function useDraftActivations(rows: readonly number[], look: number | null): Answer {
  const { graph, recipe } = useDraft((draft) => draft)
  const shown = useShownRun()
  const { data: run } = useRun(rows.length > 0 ? shown : null)
  const { series } = useLiveRun(shown)
  const isSame = useMemo(() => isOf(run, graph, recipe), [run, graph, recipe])
  const told = series.checkpoints.map(({ epoch }) => epoch)
  const epoch = isSame ? checkpointAt(told.length > 0 ? told : (run?.checkpoint_epochs ?? []), look) : null
  const isChecked = useStore(
    checkStore,
    ({ report, checking }) => !checking && report?.ready === true && report.parameters <= MOST_PARAMETERS,
  )
  const trained = useActivations(shown ?? 0, epoch, rows)
  const bare = useMemo(() => ({ ...graph, layout: {} }), [graph])
  const initial = useInitialActivations(bare, recipe, rows, epoch === null && isChecked)
  return epoch === null ? initial : trained
}

/** Whether a run was made of this drawing, fed in this way; where nodes lie says nothing of that. */
export function isOf(run: RunDetail | undefined, graph: Graph, recipe: Recipe | null): boolean {
  if (!run || !recipe) return false
  const told = ({ nodes, edges, blocks }: Graph, { data }: Recipe) =>
    JSON.stringify([nodes, edges, blocks, data.dataset, data.inputs])
  return told(run.graph, run.recipe) === told(graph, recipe)
}
