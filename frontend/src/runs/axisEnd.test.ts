import { expect, it } from 'vitest'
import { axisEnd } from './chartData'

it.each([
  { done: 0, epochs: 5, end: 5 },
  { done: 0, epochs: 500, end: 15.625 },
  { done: 7, epochs: 500, end: 15.625 },
  { done: 100, epochs: 500, end: 125 },
  { done: 201, epochs: 500, end: 500 },
  { done: 500, epochs: 500, end: 500 },
])('ends the axis at epoch $end after $done of $epochs epochs', ({ done, epochs, end }) => {
  expect(axisEnd(done, epochs)).toBe(end)
})
