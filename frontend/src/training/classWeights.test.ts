import { expect, it } from 'vitest'
import type { Column } from '../api/types'
import { balanced } from './classWeights'

const column = (classes: string[], class_counts: number[]) => ({ classes, class_counts }) as unknown as Column

it('gives rare classes more weight, so that all count the same', () => {
  expect(balanced(column(['a', 'b'], [30, 10]))).toEqual({ a: 0.6667, b: 2 })
})

it('leaves a class without rows at 1 and does not count it', () => {
  expect(balanced(column(['a', 'b', 'none'], [30, 10, 0]))).toEqual({ a: 0.6667, b: 2, none: 1 })
})
