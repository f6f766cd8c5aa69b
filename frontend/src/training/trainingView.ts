/** What the Training tab shows: how to train, or the training that runs. */

import { create } from 'zustand'

export type TrainingView = 'settings' | 'live'

interface View {
  /** Null until somebody chose: then a draft with a run shows the run. */
  chosen: TrainingView | null
  show: (view: TrainingView) => void
}

export const useTrainingView = create<View>()((set) => ({
  chosen: null,
  show: (chosen) => set({ chosen }),
}))
