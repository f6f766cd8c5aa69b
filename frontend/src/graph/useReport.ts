import { useStore } from 'zustand'
import { checkStore, type CheckState } from './checkStore'
import type { CheckReport } from './report'

/** The newest report about the draft, or null before the first one. */
export function useReport(): CheckReport | null {
  return useStore(checkStore, (state) => state.report)
}

/** The state of checking itself. */
export function useCheckState<T>(selector: (state: CheckState) => T): T {
  return useStore(checkStore, selector)
}
