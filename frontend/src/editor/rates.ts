/** A table of learning rates: from an epoch (from 1) on, a rate. Pure. */

import type { JsonValue } from '../graph/json'

export type Rate = readonly [epoch: number, rate: number]

const FIRST: Rate = [1, 0.01]
const LATER = 10
const SMALLER = 10

/** The rows of a table; anything that is none is left out. */
export function ratesOf(value: JsonValue | undefined): Rate[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((pair) => {
    if (!Array.isArray(pair)) return []
    const [epoch, rate] = pair
    return typeof epoch === 'number' && typeof rate === 'number' ? [[epoch, rate] as const] : []
  })
}

/** A row to go on with: ten epochs later, a tenth of the rate. */
export function nextRate(rates: readonly Rate[]): Rate {
  const last = rates.at(-1)
  return last ? [last[0] + LATER, Number((last[1] / SMALLER).toPrecision(3))] : FIRST
}
