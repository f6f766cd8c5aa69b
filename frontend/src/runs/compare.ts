/** The same metric of several runs on one axis of steps. Pure. */

import type { Curves } from '../api/types'
import type { PlotLine } from './plotOptions'
import type { Cell } from './series'

export interface NamedCurves {
  label: string
  curves: Curves
}

/** Every metric that one of the runs measured, validation metrics first. */
export function comparable(all: readonly Curves[]): string[] {
  const names = new Set(all.flatMap((curves) => Object.keys(curves)))
  names.delete('learning_rate')
  return [...names].sort(
    (a, b) => Number(b.startsWith('val_')) - Number(a.startsWith('val_')) || a.localeCompare(b),
  )
}

/** One line a run, its hue its place in the list; steps that one run does not have are passed over. */
export function overlaid(runs: readonly NamedCurves[], metric: string): { x: number[]; lines: PlotLine[] } {
  const x = [...new Set(runs.flatMap(({ curves }) => curves[metric]?.x ?? []))].sort((a, b) => a - b)
  const row = new Map(x.map((value, index) => [value, index]))
  const lines = runs.flatMap(({ label, curves }, hue): PlotLine[] => {
    const curve = curves[metric]
    if (!curve) return []
    const cells = new Array<Cell>(x.length).fill(undefined)
    curve.x.forEach((at, index) => {
      const place = row.get(at)
      if (place !== undefined) cells[place] = curve.y[index]
    })
    return [{ label, hue, dashed: metric.startsWith('val_'), cells }]
  })
  return { x, lines }
}

export interface Comparison {
  metric: string | null
  /** What else could be compared. */
  metrics: string[]
  x: number[]
  lines: PlotLine[]
}

/** The runs by the metric that was chosen; else by one that all of them measured, the wished one first; else by any. */
export function comparison(
  runs: readonly NamedCurves[],
  chosen: string | null,
  wished: string | null,
): Comparison {
  const metrics = comparable(runs.map(({ curves }) => curves))
  const shared = metrics.filter((name) => runs.every(({ curves }) => name in curves))
  const metric =
    (chosen !== null && metrics.includes(chosen) ? chosen : null) ??
    (wished !== null && shared.includes(wished) ? wished : null) ??
    shared[0] ??
    metrics[0] ??
    null
  return { metric, metrics, ...overlaid(runs, metric ?? '') }
}
