/** Which run belongs to which draft: the newest one started from it. Kept for the next visit. */

import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import { useDraft } from '../graph/useDraft'

interface ShownRuns {
  byDraft: Record<string, number>
  show: (draft: string, run: number) => void
  /** The run does not exist any more. */
  forget: (run: number) => void
}

export const useShownRuns = create<ShownRuns>()(
  persist(
    (set) => ({
      byDraft: {},
      show: (draft, run) => set(({ byDraft }) => ({ byDraft: { ...byDraft, [draft]: run } })),
      forget: (run) =>
        set(({ byDraft }) => ({
          byDraft: Object.fromEntries(Object.entries(byDraft).filter(([, shown]) => shown !== run)),
        })),
    }),
    { name: 'layerloom.shown-runs' },
  ),
)

/** The newest run of the draft on the canvas, or null before the first one. */
export function useShownRun(): number | null {
  const draft = useDraft(({ id }) => id)
  return useShownRuns(({ byDraft }) => byDraft[draft] ?? null)
}
