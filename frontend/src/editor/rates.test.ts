import { expect, it } from 'vitest'
import { nextRate, ratesOf } from './rates'

it('reads the rows of a table and leaves out what is none', () => {
  expect(ratesOf([[1, 0.1], 'x', [3], [5, 0.01]])).toEqual([
    [1, 0.1],
    [5, 0.01],
  ])
})

it('goes on with a tenth of the rate, ten epochs later', () => {
  expect([nextRate([]), nextRate([[3, 0.3]])]).toEqual([
    [1, 0.01],
    [13, 0.03],
  ])
})
