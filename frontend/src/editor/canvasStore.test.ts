import { expect, test } from 'vitest'
import { chain } from '../graph/testGraph'
import { afterChanges, flowEdges, flowNodes } from './canvasStore'

test('nodes that did not change keep their identity', () => {
  const graph = chain('a', 'b')
  const before = flowNodes(graph, new Set())
  const after = flowNodes({ ...graph, layout: { b: [4, 4] } }, new Set(), before)
  expect([after[0] === before[0], after[1]?.position]).toEqual([true, { x: 4, y: 4 }])
})

test('a measured size stays with its node', () => {
  const graph = chain('a')
  const before = flowNodes(graph, new Set()).map((node) => ({
    ...node,
    measured: { width: 160, height: 54 },
  }))
  expect(flowNodes(graph, new Set(['a']), before)[0]).toMatchObject({
    measured: { width: 160, height: 54 },
    selected: true,
  })
})

test('wires name their ports, and two equal ones have ids of their own', () => {
  const graph = chain('a', 'b')
  const edges = flowEdges({ ...graph, edges: [...graph.edges, ...graph.edges] }, new Map(), new Set())
  expect([edges[0]?.sourceHandle, edges[0]?.targetHandle, new Set(edges.map(({ id }) => id)).size]).toEqual([
    'output',
    'inputs',
    2,
  ])
})

test('a selection follows what React Flow reports, and stays alone otherwise', () => {
  const selecting = [
    { type: 'select', id: 'a', selected: false },
    { type: 'select', id: 'b', selected: true },
  ]
  expect([afterChanges(['a'], selecting), afterChanges(['a'], [{ type: 'position', id: 'a' }])]).toEqual([
    ['b'],
    null,
  ])
})
