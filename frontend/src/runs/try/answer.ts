/** What a model said of one sample, read as a person would: shares of classes, or numbers. Pure. */

import type { Cell, Column } from '../../api/types'
import type { OutputRecipe } from '../../graph/document'

export interface ClassShare {
  label: string
  share: number
}

export type Answer = { kind: 'classes'; shares: ClassShare[] } | { kind: 'numbers'; values: number[] }

/** Shares of classes, the likeliest first, where the target has classes; the bare numbers where it has not. */
export function readAnswer(said: Cell, target: Column | undefined, judged: OutputRecipe | undefined): Answer {
  const values = numbers(said)
  const classes = target?.classes
  if (!classes) return { kind: 'numbers', values }
  const fromLogits = judged?.loss.config.from_logits === true
  const shares = values.length === 1 && classes.length === 2 ? binary(values[0] ?? 0, fromLogits) : values
  if (shares.length !== classes.length) return { kind: 'numbers', values }
  const known = fromLogits && values.length > 1 ? softmax(shares) : shares
  const labelled = known.map((share, index) => ({ label: classes[index] ?? String(index), share }))
  return { kind: 'classes', shares: labelled.sort((a, b) => b.share - a.share) }
}

function numbers(said: Cell): number[] {
  if (Array.isArray(said)) return said.flatMap(numbers)
  return typeof said === 'number' ? [said] : []
}

function binary(value: number, fromLogits: boolean): number[] {
  const second = fromLogits ? 1 / (1 + Math.exp(-value)) : value
  return [1 - second, second]
}

function softmax(logits: readonly number[]): number[] {
  const largest = Math.max(...logits)
  const powers = logits.map((logit) => Math.exp(logit - largest))
  const sum = powers.reduce((total, power) => total + power, 0)
  return powers.map((power) => power / sum)
}

/** A share in percent, as short as it is honest: "97 %", "0.4 %", "0". */
export function formatShare(share: number): string {
  const percent = share * 100
  if (percent < 0.05) return '0'
  return `${percent < 1 ? percent.toFixed(1) : Math.round(percent)}\u2009%`
}
