import { useEffect, useRef } from 'react'
import { useRuns } from '../api/queries'
import { isEnded } from '../api/streamCursor'
import { tryBatch } from '../api/tools'
import { checkStore } from '../graph/checkStore'
import { draftStore } from '../graph/draft'
import type { CheckReport } from '../graph/report'
import { useCheckState, useReport } from '../graph/useReport'
import { withTrial } from './trialReport'
import { trialStore } from './trialStore'

const IDLE_MS = 1_000

/**
 * Sends one real batch through a draft that is ready, once nothing has changed for a second and no run trains. What
 * goes wrong becomes a problem of the report, at its node. After a run it asks again: the server then prepares the next
 * one, whose first step comes at once.
 */
export function useTrial(): void {
  const report = useReport()
  const checking = useCheckState((state) => state.checking)
  const { data: page } = useRuns()
  const busy = page?.runs.some((run) => !isEnded(run.state)) ?? true
  const told = useRef<CheckReport | null>(null)
  const trainedSince = useRef(false)
  useEffect(() => {
    trainedSince.current ||= busy
    const known = report === told.current && !checking
    if (known && (busy || !trainedSince.current)) return undefined
    if (!known) trialStore.setState({ trial: null })
    if (checking || busy || !report?.ready) return undefined
    const question = new AbortController()
    const timer = setTimeout(() => {
      void ask(question.signal, report, known, (next) => {
        told.current = next
        trainedSince.current = false
      })
    }, IDLE_MS)
    return () => {
      clearTimeout(timer)
      question.abort()
    }
  }, [report, checking, busy])
}

/** Shows what the batch came to. `tell` is handed the report with its problems before that is shown. */
async function ask(
  signal: AbortSignal,
  report: CheckReport,
  isTold: boolean,
  tell: (next: CheckReport) => void,
): Promise<void> {
  const { graph, recipe } = draftStore.getState()
  if (recipe === null) return
  try {
    const trial = await tryBatch(graph, recipe, signal)
    if (signal.aborted || checkStore.getState().report !== report) return
    // A report that was told before has the problems of this batch already.
    const next = isTold ? report : withTrial(report, trial)
    tell(next)
    trialStore.setState({ trial })
    checkStore.setState({ report: next })
  } catch {
    // A server that is busy, or away, has no figures to show; the check says what is wrong with the drawing itself.
  }
}
