/** Where learning rates and losses stand on the chart, and what a rate looks like as text. Pure. */

import type { RatePoint } from '../../api/types'

export const WIDTH = 560
export const HEIGHT = 240
export const LEFT = 44
export const RIGHT = 12
export const TOP = 12
export const BOTTOM = 28
export const LOWEST = 1e-7
export const HIGHEST = 10
const DECADES = Math.log10(HIGHEST / LOWEST)

export function xOf(rate: number): number {
  return LEFT + ((WIDTH - LEFT - RIGHT) * Math.log10(rate / LOWEST)) / DECADES
}

/** The rate at a place of the chart, to two digits and within its bounds. */
export function rateAt(x: number): number {
  const share = Math.min(1, Math.max(0, (x - LEFT) / (WIDTH - LEFT - RIGHT)))
  return rounded(LOWEST * 10 ** (share * DECADES))
}

/** One step of the arrow keys: a tenth of a decade. */
export function stepped(rate: number, steps: number): number {
  return rounded(Math.min(HIGHEST, Math.max(LOWEST, rate * 10 ** (steps / 10))))
}

function rounded(rate: number): number {
  return Number(rate.toPrecision(2))
}

export interface LossRange {
  low: number
  high: number
}

/** From the lowest smoothed loss to a little above where it began: what runs away is cut off. */
export function lossRange(points: readonly RatePoint[]): LossRange {
  const smoothed = points.flatMap(({ smoothed: value }) => (value === null ? [] : [value]))
  const low = Math.min(...smoothed)
  const high = Math.max(...smoothed.slice(0, Math.max(1, Math.ceil(smoothed.length / 2))))
  const room = Math.max(high - low, Math.abs(high) * 0.05, 1e-9) * 0.15
  return { low: low - room, high: high + room }
}

export function yOf(loss: number, { low, high }: LossRange): number {
  const share = (loss - low) / (high - low)
  return TOP + (HEIGHT - TOP - BOTTOM) * (1 - Math.min(1.05, Math.max(-0.05, share)))
}

/** An SVG path through the finite values of a curve. */
export function pathOf(points: readonly RatePoint[], which: 'loss' | 'smoothed', range: LossRange): string {
  return points
    .flatMap((point) => (point[which] === null ? [] : [[xOf(point.rate), yOf(point[which], range)]]))
    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x?.toFixed(1)} ${y?.toFixed(1)}`)
    .join('')
}
