/** Histograms one behind the other, on one axis: a ridgeline. Pure. */

import { formatNumber } from '../../ui/format'

export interface Moment {
  k: number
  epoch: number
  /** One edge more than counts. */
  histogram: { edges: readonly number[]; counts: readonly number[] }
}

export const RIDGE_WIDTH = 320
export const RIDGE_HEIGHT = 34
const STEP = 13

interface Ridge {
  key: number
  path: string
  /** How far down its ground lies. */
  y: number
}

/** The ridges from the oldest, at the top, to the newest; areas are equal, so that heights can be compared. */
export function ridges(moments: readonly Moment[]): {
  paths: Ridge[]
  low: string
  high: string
  height: number
} {
  const low = Math.min(...moments.map(({ histogram }) => histogram.edges[0] ?? 0))
  const high = Math.max(...moments.map(({ histogram }) => histogram.edges.at(-1) ?? 0))
  const densities = moments.map(({ histogram }) => density(histogram, (high - low || 1) / RIDGE_WIDTH))
  const peak = Math.max(...densities.flat(), Number.MIN_VALUE)
  const paths = moments.map(({ k, histogram }, place) => ({
    key: k,
    path: outline(histogram.edges, densities[place] ?? [], { low, high, peak }),
    y: RIDGE_HEIGHT + place * STEP,
  }))
  return {
    paths,
    low: formatNumber(low),
    high: formatNumber(high),
    height: RIDGE_HEIGHT + (moments.length - 1) * STEP + 1,
  }
}

/** The share of all values for each unit of width; a bin without width counts as a thin one, of `least`. */
function density({ edges, counts }: Moment['histogram'], least: number): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0) || 1
  // The root keeps one peak (the zeros of relu) from flattening all else.
  return counts.map((count, bin) =>
    Math.sqrt(count / total / Math.max((edges[bin + 1] ?? 0) - (edges[bin] ?? 0), least)),
  )
}

function outline(
  edges: readonly number[],
  heights: readonly number[],
  { low, high, peak }: { low: number; high: number; peak: number },
): string {
  const span = high - low || 1
  const x = (value: number) => (((value - low) / span) * RIDGE_WIDTH).toFixed(1)
  const points = heights.map((height, bin) => {
    const middle = ((edges[bin] ?? 0) + (edges[bin + 1] ?? 0)) / 2
    return `L${x(middle)} ${(-(height / peak) * RIDGE_HEIGHT).toFixed(1)}`
  })
  return `M${x(edges[0] ?? low)} 0 ${points.join(' ')} L${x(edges.at(-1) ?? high)} 0 Z`
}
