import { useMemo } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import { checkStore, type CheckState } from './checkStore'
import { draftStore } from './draft'
import { presentProblems } from './importProblems'
import type { CheckReport, Problem } from './report'

/** The newest report about the draft, or null before the first one. */
export function useReport(): CheckReport | null {
  return useStore(checkStore, (state) => state.report)
}

/** Everything that is told of the draft: what the newest check found, and what its file could not bring along. */
export function useProblems(): readonly Problem[] {
  const found = useReport()?.problems
  const kept = useStore(draftStore, useShallow(presentProblems))
  return useMemo(() => [...(found ?? []), ...kept], [found, kept])
}

/** The state of checking itself. */
export function useCheckState<T>(selector: (state: CheckState) => T): T {
  return useStore(checkStore, selector)
}
