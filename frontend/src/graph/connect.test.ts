import { expect, test } from 'vitest'
import type { NodeEntries } from './catalog'
import { freeInput, refusal, wire } from './connect'
import type { Graph } from './document'
import { chain, nodeType } from './testGraph'

const port = (name: string, rest = {}) => ({ name, required: true, variadic: false, ...rest })
const entries: NodeEntries = new Map(
  [
    nodeType('Dense', [port('inputs')]),
    nodeType('Add', [port('inputs', { variadic: true })]),
    nodeType(
      'Attention',
      [port('query'), port('value'), port('mask', { required: false })],
      ['output', 'scores'],
    ),
  ].map((entry) => [entry.type, entry]),
)

function graph(...types: string[]): Graph {
  const ids = types.map((_, index) => `n${index + 1}`)
  const drawn = chain(...ids)
  return {
    ...drawn,
    edges: [],
    nodes: drawn.nodes.map((node, index) => ({ ...node, type: types[index] ?? '' })),
  }
}

test.each([
  ['to itself', { source: 'n1', target: 'n1' }, 'self'],
  ['that closes a circle', { source: 'n2', target: 'n1' }, 'cycle'],
  ['into a taken port', { source: 'n3', target: 'n2' }, 'taken'],
  ['into a port that does not exist', { source: 'n2', target: 'n3', target_port: 'nowhere' }, 'unknown'],
  ['from a node without outputs', { source: 'n4', target: 'n3' }, 'unknown'],
  ['that fits', { source: 'n2', target: 'n3' }, null],
])('a wire %s', (_what, edge, expected) => {
  const drawn = { ...graph('Dense', 'Dense', 'Dense', 'Output'), edges: [{ source: 'n1', target: 'n2' }] }
  expect(refusal(drawn, edge, entries)).toBe(expected)
})

test('a port that takes several tensors takes another wire, but not the same twice', () => {
  const drawn = { ...graph('Dense', 'Dense', 'Add'), edges: [{ source: 'n1', target: 'n3' }] }
  const reasons = ['n2', 'n1'].map((source) => refusal(drawn, { source, target: 'n3' }, entries))
  expect(reasons).toEqual([null, 'twice'])
})

test('a wire whose end is moved does not stand in its own way', () => {
  const edge = { source: 'n1', target: 'n2' }
  const drawn = { ...graph('Dense', 'Dense'), edges: [edge] }
  expect(refusal(drawn, edge, entries, edge)).toBe(null)
})

test('the next wire takes the first required free port, then an optional one', () => {
  const drawn = graph('Dense', 'Attention')
  const node = drawn.nodes[1] ?? { id: '', type: '', config: {} }
  const query = { source: 'n1', target: 'n2' }
  const value = { ...query, target_port: 'value' }
  const names = [[], [query], [query, value]].map(
    (edges) => freeInput({ ...drawn, edges }, node, entries)?.name,
  )
  expect(names).toEqual(['query', 'value', 'mask'])
})

test('a wire names a port only where it is not the first', () => {
  const drawn = graph('Attention', 'Attention')
  const ends = (from: string, to: string) =>
    wire(drawn, { node: 'n1', port: from }, { node: 'n2', port: to }, entries)
  expect([ends('output', 'query'), ends('scores', 'value')]).toEqual([
    { source: 'n1', target: 'n2' },
    { source: 'n1', target: 'n2', source_port: 'scores', target_port: 'value' },
  ])
})
