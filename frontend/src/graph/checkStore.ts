import { createStore } from 'zustand/vanilla'
import type { CheckReport } from './report'

/** The newest answer of the server about the draft. */
export interface CheckState {
  report: CheckReport | null
  /** A check is on its way: what is shown may be about to change. */
  checking: boolean
  /** Why there is no answer, in words for people; null while the server answers. */
  failure: string | null
}

export const checkStore = createStore<CheckState>(() => ({ report: null, checking: false, failure: null }))
