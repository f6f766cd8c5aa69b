import { expect, test } from 'vitest'
import type { Graph } from '../graph/document'
import { isAugmentation, upTo } from './augmentation'

test('layers that change pictures by chance are known by their names', () => {
  const names = ['RandomFlip', 'MixUp', 'RandAugment', 'Rescaling', 'ops.random', 'Dropout']
  expect(names.filter(isAugmentation)).toEqual(['RandomFlip', 'MixUp', 'RandAugment'])
})

test('what a node shows depends on the nodes before it alone', () => {
  const node = (id: string) => ({ id, type: 'Dense', name: null, shares: null, config: {} })
  const edge = (source: string, target: string) => ({ source, target, source_port: null, target_port: null })
  const edges = [edge('a', 'b'), edge('b', 'c'), edge('x', 'c')]
  const graph = { nodes: ['a', 'b', 'c', 'x'].map(node), edges } as unknown as Graph
  const { nodes, edges: kept } = upTo(graph, 'b')
  expect([nodes.map(({ id }) => id), kept]).toEqual([['a', 'b'], [edge('a', 'b')]])
})
