import { expect, test } from 'vitest'
import { evaluate } from './arithmetic'

test.each([
  ['28*28', 784],
  ['28×28', 784],
  ['2**8 - 1', 255],
  ['-2 ** 2', -4],
  ['2 ** -1', 0.5],
  ['(1 + 2) * 3', 9],
  ['10 % 4', 2],
  ['1e-3', 0.001],
  ['1/255', 1 / 255],
  ['.5', 0.5],
  ['540 900', 540900],
  ['−3', -3],
])('%s is %d', (text, value) => {
  expect(evaluate(text)).toBe(value)
})

test.each(['', ' ', 'abc', '1 +', '(1', '1/0', '1 2 3', '2 ** 99999', 'alert(1)', '1,5'])(
  '%j is no number',
  (text) => {
    expect(evaluate(text)).toBe(null)
  },
)
