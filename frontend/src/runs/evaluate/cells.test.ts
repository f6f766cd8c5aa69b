import { expect, it } from 'vitest'
import { cellsOf, stepped, strength, ticks } from './cells'

it('tells each cell as a share of its true class, and none of a class without rows', () => {
  expect(
    cellsOf([
      [3, 1],
      [0, 0],
    ]).flat(),
  ).toEqual([
    { true: 0, said: 0, count: 3, share: 0.75 },
    { true: 0, said: 1, count: 1, share: 0.25 },
    { true: 1, said: 0, count: 0, share: 0 },
    { true: 1, said: 1, count: 0, share: 0 },
  ])
})

it('shows rare mistakes more strongly than their share', () => {
  expect([0, 0.01, 1].map(strength)).toEqual([0, 0.1, 1])
})

it('goes from cell to cell, never beyond an edge', () => {
  expect([
    stepped([0, 0], 'ArrowRight', 3),
    stepped([0, 0], 'ArrowUp', 3),
    stepped([1, 1], 'End', 3),
    stepped([1, 1], 'a', 3),
  ]).toEqual([[0, 1], null, [1, 2], null])
})

it('has round ticks between the ends', () => {
  expect([ticks(0, 1), ticks(-3, 12), ticks(4, 4)]).toEqual([[0, 0.2, 0.4, 0.6, 0.8, 1], [0, 5, 10], [4]])
})
