import { expect, test } from 'vitest'
import {
  objectConfig,
  objectType,
  readJson,
  readNumbers,
  readShape,
  readStrings,
  readValue,
  written,
} from './values'

test.each([
  ['3', 3],
  ['3, 3', [3, 3]],
  ['3×3', [3, 3]],
  ['(3, 3)', [3, 3]],
  ['[3]', [3]],
  ['2*2, 4', [4, 4]],
  ['-1', -1],
])('%s is read as numbers', (text, value) => {
  expect(readNumbers(text, true)).toEqual({ value })
})

test.each(['', '3,,3', 'a', '1.5'])('%j is read as no whole numbers', (text) => {
  expect(readNumbers(text, true)).toBe(null)
})

test.each([
  ['28, 28, 1', [28, 28, 1]],
  ['28×28×1', [28, 28, 1]],
  ['None, 8', [null, 8]],
  ['()', []],
  ['4', [4]],
])('%s is read as a shape', (text, value) => {
  expect(readShape(text)).toEqual({ value })
})

test('lists of words and JSON are read, broken JSON is not', () => {
  expect([readStrings('red, green,'), readJson('{"a":1}'), readJson('{')]).toEqual([
    { value: ['red', 'green'] },
    { value: { a: 1 } },
    null,
  ])
})

test.each([
  ['2', 2],
  ['1.5, 2', [1.5, 2]],
  ['True', true],
  [
    '[[1, 2], [3, 4]]',
    [
      [1, 2],
      [3, 4],
    ],
  ],
])('%s is read as a value of a tensor', (text, value) => {
  expect(readValue(text)).toEqual({ value })
})

test.each(['x', '{"a": 1}', '[["a"]]', '[[]]'])('%j is read as no value of a tensor', (text) => {
  expect(readValue(text)).toBe(null)
})

test('values are written so that they can be read again', () => {
  expect([
    written([3, 3], 'integers'),
    written([null, 8], 'shape'),
    written({ a: 1 }, 'json'),
    written(undefined, 'axis'),
  ]).toEqual(['3, 3', 'None, 8', '{"a":1}', ''])
})

test('an object is known by its plain name or its type', () => {
  const l2 = { type: 'L2', config: { l2: 0.01 } }
  expect([objectType('glorot_uniform'), objectType(l2), objectConfig(l2), objectConfig('x')]).toEqual([
    'glorot_uniform',
    'L2',
    { l2: 0.01 },
    {},
  ])
})
