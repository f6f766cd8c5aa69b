/** How charts are looked at; the choice is kept for the next visit. */

import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { XAxis } from './chartData'

export interface ChartSettings {
  axis: XAxis
  log: boolean
  smoothing: number
  asTable: boolean
  set: (changed: Partial<Pick<ChartSettings, 'axis' | 'log' | 'smoothing' | 'asTable'>>) => void
}

export const useChartSettings = create<ChartSettings>()(
  persist(
    (set) => ({
      axis: 'epoch',
      log: false,
      smoothing: 0,
      asTable: false,
      set: (changed) => set(changed),
    }),
    { name: 'layerloom.charts' },
  ),
)
