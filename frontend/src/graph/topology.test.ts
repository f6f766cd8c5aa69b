import { expect, test } from 'vitest'
import { chain } from './testGraph'
import { topologicalOrder, wouldCycle } from './topology'

test('a wire back along a chain would close a circle', () => {
  expect(wouldCycle(chain('a', 'b', 'c'), 'c', 'a')).toBe(true)
})

test('a wire that skips forward closes none', () => {
  expect(wouldCycle(chain('a', 'b', 'c'), 'a', 'c')).toBe(false)
})

test('a wire from a node to itself closes a circle', () => {
  expect(wouldCycle(chain('a'), 'a', 'a')).toBe(true)
})

test('a cycle that is already there does not hang the search', () => {
  const graph = chain('a', 'b')
  expect(wouldCycle({ edges: [...graph.edges, { source: 'b', target: 'a' }] }, 'a', 'z')).toBe(false)
})

test('nodes come after what feeds them, those in a circle last', () => {
  const graph = chain('d', 'c', 'b', 'a')
  const edges = [
    { source: 'a', target: 'b' },
    { source: 'b', target: 'c' },
    { source: 'c', target: 'b' },
  ]
  expect(topologicalOrder({ nodes: graph.nodes, edges })).toEqual(['d', 'a', 'c', 'b'])
})
