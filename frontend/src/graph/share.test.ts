import { expect, test } from 'vitest'
import type { Graph } from './document'
import { removeNodes } from './edit'
import { duplicateShared, sharedGroups } from './share'
import { chain } from './testGraph'

function tower(): Graph {
  const graph = chain('a', 'b')
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (node.id === 'a' ? { ...node, config: { units: 5 } } : node)),
  }
}

test('a shared duplicate calls the layer of the owner, also when made of a node that shares', () => {
  const once = duplicateShared(tower(), 'a')
  const twice = duplicateShared(once.graph, once.id)

  expect(twice.graph.nodes.slice(2)).toEqual([
    { id: 'n1', type: 'Dense', config: {}, shares: 'a' },
    { id: 'n2', type: 'Dense', config: {}, shares: 'a' },
  ])
  expect([...sharedGroups(twice.graph)]).toEqual([['a', ['a', 'n1', 'n2']]])
})

test('the first node that shares takes the layer over when its owner is deleted', () => {
  const once = duplicateShared(tower(), 'a')
  const twice = duplicateShared(once.graph, 'a')

  const left = removeNodes(twice.graph, ['a'])

  expect(left.nodes.slice(1)).toEqual([
    { id: 'n1', type: 'Dense', config: { units: 5 } },
    { id: 'n2', type: 'Dense', config: {}, shares: 'n1' },
  ])
})

test('nothing passes on when all who share are deleted together', () => {
  const { graph } = duplicateShared(tower(), 'a')
  expect(removeNodes(graph, ['a', 'n1']).nodes.map((node) => node.id)).toEqual(['b'])
})
