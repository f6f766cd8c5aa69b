import { useCallback, useEffect, useRef, useState } from 'react'
import { sweepRates } from '../../api/tools'
import type { RatePoint, RateSweep } from '../../api/types'
import { draftStore } from '../../graph/draft'

export interface Sweeping {
  points: readonly RatePoint[]
  /** How many there will be at most; 0 before the first answer. */
  steps: number
  sweep: RateSweep | null
  error: string | null
}

const NOTHING: Sweeping = { points: [], steps: 0, sweep: null, error: null }

/** The range test on the draft: begun by `start`, ended by `stop` or with the component. */
export function useSweep() {
  const [state, setState] = useState(NOTHING)
  const question = useRef<AbortController | null>(null)
  const stop = useCallback(() => question.current?.abort(), [])
  const start = useCallback(async () => {
    question.current?.abort()
    const asked = new AbortController()
    question.current = asked
    setState(NOTHING)
    const { graph, recipe } = draftStore.getState()
    if (recipe === null) return
    try {
      await sweepRates(
        graph,
        recipe,
        ({ points, steps, sweep }) =>
          setState((old) => ({ points: [...old.points, ...points], steps, sweep, error: null })),
        asked.signal,
      )
    } catch (error) {
      if (asked.signal.aborted) return
      setState((old) => ({ ...old, error: error instanceof Error ? error.message : String(error) }))
    }
  }, [])
  useEffect(() => stop, [stop])
  return { ...state, start, stop }
}
