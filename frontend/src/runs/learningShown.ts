/** Whether a drawing shows how its layers learn, and at which look: the newest one until somebody scrubs back. */

import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface LearningShown {
  on: boolean
  toggle: () => void
}

export const useLearningShown = create<LearningShown>()(
  persist((set) => ({ on: true, toggle: () => set(({ on }) => ({ on: !on })) }), {
    name: 'layerloom.learning',
  }),
)
