import { useEffect, useState } from 'react'
import { isEnded } from '../api/streamCursor'
import type { RunSummary } from '../api/types'

const TICK_MS = 1_000

/** Seconds since 1970, renewed each second while one of the runs goes on. */
export function useNow(runs: readonly Pick<RunSummary, 'state'>[]): number {
  const [now, setNow] = useState(() => Date.now() / 1000)
  const isTicking = runs.some(({ state }) => !isEnded(state))
  useEffect(() => {
    if (!isTicking) return undefined
    const timer = setInterval(() => setNow(Date.now() / 1000), TICK_MS)
    return () => clearInterval(timer)
  }, [isTicking])
  return now
}
