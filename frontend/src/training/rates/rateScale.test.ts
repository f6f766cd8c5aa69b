import { expect, test } from 'vitest'
import { lossRange, pathOf, rateAt, stepped, xOf } from './rateScale'

test('a place on the chart and its rate belong together', () => {
  expect([1e-7, 0.001, 10].map((rate) => rateAt(xOf(rate)))).toEqual([1e-7, 0.001, 10])
})

test('a place beside the chart is its end', () => {
  expect([rateAt(-100), rateAt(10_000)]).toEqual([1e-7, 10])
})

test('an arrow key is a tenth of a decade, within the bounds', () => {
  expect([stepped(0.001, 10), stepped(0.001, -1), stepped(10, 1)]).toEqual([0.01, 0.00079, 10])
})

test('a loss that runs away does not flatten the curve', () => {
  const losses = [2, 1.5, 1, 900]
  const points = losses.map((loss, index) => ({ rate: 10 ** -index, loss, smoothed: loss }))
  const { low, high } = lossRange(points)
  expect([low < 1, high > 2, high < 3]).toEqual([true, true, true])
})

test('what was not finite is left out of the line', () => {
  const points = [
    { rate: 1e-7, loss: 1, smoothed: 1 },
    { rate: 1, loss: null, smoothed: null },
  ]
  expect(pathOf(points, 'smoothed', { low: 0, high: 2 })).toBe('M44.0 112.0')
})
