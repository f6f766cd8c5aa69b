import { expect, it } from 'vitest'
import type { Column } from '../api/types'
import { emptyGraph, type Graph } from '../graph/document'
import { boundWith, takersOf } from './columnDrop'

const column = (name: string, kind = 'number', shape: number[] = []) => ({ name, kind, shape }) as Column
const columns = [column('age'), column('fare'), column('face', 'image', [8, 8, 1]), column('story', 'text')]
const graph: Graph = {
  ...emptyGraph(),
  nodes: [
    { id: 'n1', type: 'Input', config: {} },
    { id: 'n2', type: 'Dense', config: {} },
    { id: 'n3', type: 'Output', config: {} },
  ],
}

it('joins numbers in the order of the dataset', () => {
  expect(boundWith(columns, ['fare'], 'age')).toEqual(['age', 'fare'])
})

it('replaces what can not be joined', () => {
  expect([boundWith(columns, ['age'], 'face'), boundWith(columns, ['face'], 'age')]).toEqual([
    ['face'],
    ['age'],
  ])
})

it('offers a number to Inputs and Outputs, a text to Inputs alone', () => {
  const takers = columns.map((one) => [...takersOf(graph, one)])
  expect(takers).toEqual([['n1', 'n3'], ['n1', 'n3'], ['n1'], ['n1']])
})
