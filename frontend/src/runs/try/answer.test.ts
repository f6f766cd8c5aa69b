import { describe, expect, it } from 'vitest'
import type { Column } from '../../api/types'
import { formatShare, readAnswer } from './answer'

const column = (classes: string[] | null): Column => ({
  name: 'label',
  kind: classes ? 'category' : 'number',
  dtype: 'int32',
  shape: [],
  missing: 0,
  nonfinite: 0,
  unique: null,
  top: [],
  classes,
  class_counts: null,
  statistics: null,
  histogram: null,
  earliest: null,
  latest: null,
  ascending: null,
  sizes: [],
  role: 'target',
})

const judged = (config: Record<string, boolean>) => ({
  loss: { type: 'L', config },
  loss_weight: 1,
  metrics: [],
})

describe('readAnswer', () => {
  it('puts the likeliest class first', () => {
    expect(readAnswer([0.2, 0.7, 0.1], column(['a', 'b', 'c']), judged({}))).toEqual({
      kind: 'classes',
      shares: [
        { label: 'b', share: 0.7 },
        { label: 'a', share: 0.2 },
        { label: 'c', share: 0.1 },
      ],
    })
  })

  it('turns logits into shares where the loss was told that they are logits', () => {
    const answer = readAnswer([0, Math.log(3)], column(['no', 'yes']), judged({ from_logits: true }))
    expect(answer).toEqual({
      kind: 'classes',
      shares: [
        { label: 'yes', share: expect.closeTo(0.75) as number },
        { label: 'no', share: expect.closeTo(0.25) as number },
      ],
    })
  })

  it('reads one unit as the second of two classes', () => {
    expect(readAnswer([0.25], column(['no', 'yes']), judged({}))).toEqual({
      kind: 'classes',
      shares: [
        { label: 'no', share: 0.75 },
        { label: 'yes', share: 0.25 },
      ],
    })
  })

  it('gives the bare number for a number', () => {
    expect(readAnswer([2.5], column(null), judged({}))).toEqual({ kind: 'numbers', values: [2.5] })
  })

  it('does not guess classes when there are as many as units not', () => {
    expect(readAnswer([1, 2, 3], column(['a', 'b']), judged({})).kind).toBe('numbers')
  })
})

it('says shares as short as is honest', () => {
  expect([0.974, 0.004, 0.0001, 1].map(formatShare)).toEqual(['97\u2009%', '0.4\u2009%', '0', '100\u2009%'])
})
