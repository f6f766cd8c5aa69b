import { expect, test } from 'vitest'
import { searchRank } from './searchRank'

const names = [
  'Conv2D',
  'Conv2DTranspose',
  'SeparableConv2D',
  'GlobalAveragePooling2D',
  'MaxPooling2D',
  'Dropout',
]
const found = (query: string) =>
  names
    .map((name) => ({ name, rank: searchRank(name, query) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ name }) => name)

const operations = ['Add', 'Subtract', 'ops.add', 'ops.subtract', 'ops.matmul', 'ops.mean', 'Dot']

test.each([
  ['+', ['ops.add', 'Add']],
  ['-', ['ops.subtract', 'Subtract']],
  ['@', ['ops.matmul', 'Dot']],
  ['mean', ['ops.mean']],
  ['add', ['Add', 'ops.add']],
])('%s finds operations', (query, expected) => {
  const found = operations
    .map((name) => ({ name, rank: searchRank(name, query) }))
    .filter(({ rank }) => rank > 0)
    .sort((one, other) => other.rank - one.rank)
    .map(({ name }) => name)
  expect(found).toEqual(expected)
})

test.each([
  ['conv2d', ['Conv2D', 'Conv2DTranspose', 'SeparableConv2D']],
  ['gap', ['GlobalAveragePooling2D']],
  ['max pool', ['MaxPooling2D']],
  ['drp', ['Dropout']],
  ['zzz', []],
])('%s finds the best first', (query, expected) => {
  expect(found(query)).toEqual(expected)
})
