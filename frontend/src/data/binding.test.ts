import { describe, expect, it } from 'vitest'
import type { Column } from '../api/types'
import { emptyGraph } from '../graph/document'
import { columnsNamed, endsOf, fits, formatSample, joinedShape, sampleOf, toggled } from './binding'

const column = (name: string, shape: number[] = [], classes: string[] | null = null): Column => ({
  name,
  kind: classes ? 'category' : 'number',
  dtype: 'float32',
  shape,
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
  role: 'feature',
})

const image = column('image', [28, 28, 1])
const [width, height, kind] = [column('width'), column('height'), column('kind', [], ['cat', 'dog'])]

it('finds the ends of a drawing under the names that Keras gives them', () => {
  const graph = {
    ...emptyGraph(),
    nodes: [
      { id: 'n1', type: 'Input', name: 'image', config: { shape: [28, 28, 1] } },
      { id: 'n2', type: 'Dense', config: {} },
      { id: 'n3', type: 'Input', config: { shape: [null] } },
    ],
  }
  expect(endsOf(graph, 'Input')).toEqual([
    { id: 'n1', name: 'image', shape: [28, 28, 1], dtype: 'float32' },
    { id: 'n3', name: 'input', shape: [null], dtype: 'float32' },
  ])
})

describe('joinedShape', () => {
  it.each([
    ['nothing', [], null],
    ['one picture', [image], [28, 28, 1]],
    ['one number', [width], [1]],
    ['numbers side by side', [width, height, kind], [3]],
    ['a vector and a number', [column('v', [8]), width], [9]],
    ['pictures of one size', [image, image], [28, 28, 2]],
    ['a picture and a number', [image, width], null],
  ])('of %s', (_, columns, expected) => {
    expect(joinedShape(columns)).toEqual(expected)
  })
})

describe('fits', () => {
  it.each([
    [[28, 28, 1], [28, 28, 1], true],
    [[28, 28, 1], [null, null, 1], true],
    [[4], [5], false],
    [[1], [], true],
    [[2], [], false],
    [[28, 28, 1], [784], false],
  ])('%j into %j: %s', (shape, wanted, expected) => {
    expect(fits(shape, wanted)).toBe(expected)
  })
})

it('keeps chosen columns in the order of the dataset', () => {
  const columns = [width, height, kind]
  expect([toggled(columns, ['kind'], 'width'), toggled(columns, ['width', 'kind'], 'width')]).toEqual([
    ['width', 'kind'],
    ['kind'],
  ])
})

it('leaves out names that the dataset does not have', () => {
  expect(columnsNamed([width, height], ['height', 'depth'])).toEqual([height])
})

describe('sampleOf', () => {
  it('hands a picture over as it is', () => {
    expect(sampleOf([image], { image: [[[255]]] })).toEqual([[[255]]])
  })

  it('joins cells, classes as their index', () => {
    expect(sampleOf([width, kind], { width: 2.5, kind: 'dog' })).toEqual([2.5, 1])
  })

  it('leaves class names to a network that takes text', () => {
    expect(sampleOf([kind], { kind: 'dog' }, 'string')).toEqual(['dog'])
  })

  it('has no sample where a cell is empty or a class unknown', () => {
    expect([sampleOf([width], { width: null }), sampleOf([kind], { kind: 'cow' })]).toEqual([null, null])
  })
})

it('writes shapes short', () => {
  expect([[28, 28, 1], [null, 3], []].map(formatSample)).toEqual(['28×28×1', '?×3', '1'])
})
