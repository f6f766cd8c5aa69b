/** Asking a model while something is drawn or typed: soon after the last change, the newest question wins. */

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { predict } from '../../api/models'
import type { Epoch, Samples } from '../../api/types'

const PAUSE_MS = 100

/** The value once it has stayed the same for a moment. */
export function useSettled<T>(value: T, pauseMs = PAUSE_MS): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs)
    return () => clearTimeout(timer)
  }, [value, pauseMs])
  return settled
}

/** What the model of a run says of one sample by Input name; null asks nothing. An answer not awaited any more is taken back. */
export function usePrediction(run: number, epoch: Epoch | null, inputs: Samples | null) {
  const asked = useSettled(inputs)
  return useQuery({
    queryKey: ['predict', run, epoch, asked],
    queryFn: ({ signal }) => predict(run, { inputs: asked ?? {}, epoch: epoch ?? 'last' }, signal),
    enabled: asked !== null && epoch !== null,
    placeholderData: keepPreviousData,
    gcTime: 0,
    staleTime: Infinity,
    retry: false,
  })
}
