import { createStore } from 'zustand/vanilla'
import type { Trial } from '../api/types'

/** What one real batch of the draft came to; null before it ran and while the draft is another one. */
export interface TrialState {
  trial: Trial | null
}

export const trialStore = createStore<TrialState>(() => ({ trial: null }))
