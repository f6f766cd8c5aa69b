import { expect, test } from 'vitest'
import type { Graph } from './document'
import { addAfter, addNode, freePlace, removeNodes, spliceInto } from './edit'
import { chain } from './testGraph'

const entries = new Map()
const wires = (graph: Graph) => graph.edges.map(({ source, target }) => `${source}${target}`)

test('Inputs and Outputs get a unique name at once, layers none', () => {
  const one = addNode(chain(), 'Input', [0, 0]).graph
  const two = addNode(one, 'Input', [0, 0]).graph
  const three = addNode(two, 'Dense', [0, 0]).graph
  expect(three.nodes.map(({ name }) => name)).toEqual(['input', 'input_1', undefined])
})

test('a node added after another lies right of it and is wired', () => {
  const graph = { ...chain('n1'), layout: { n1: [10, 20] as [number, number] } }
  const added = addAfter(graph, 'Dense', 'n1', entries)
  expect([added.graph.layout[added.id], added.graph.edges]).toEqual([
    [230, 20],
    [{ source: 'n1', target: 'n2' }],
  ])
})

test('a node that takes nothing is added without a wire', () => {
  expect(addAfter(chain('n1'), 'Input', 'n1', entries).graph.edges).toEqual([])
})

test('removing a node leaves a gap, healing closes it', () => {
  const graph = chain('a', 'b', 'c')
  expect([removeNodes(graph, ['b']), removeNodes(graph, ['b'], true)].map(wires)).toEqual([[], ['ac']])
})

test('healing around two neighbours in a row closes the whole gap', () => {
  expect(wires(removeNodes(chain('a', 'b', 'c', 'd'), ['b', 'c'], true))).toEqual(['ad'])
})

test('healing keeps the place of a wire at a merge', () => {
  const graph = {
    ...chain('a', 'b', 'c', 'd'),
    edges: chain('a', 'b', 'd').edges.concat(chain('c', 'd').edges),
  }
  expect(wires(removeNodes(graph, ['b'], true))).toEqual(['ad', 'cd'])
})

test('an unwired node is put into a wire, a wired one is not', () => {
  const graph = { ...chain('a', 'b'), nodes: chain('a', 'b', 'x').nodes }
  const edge = { source: 'a', target: 'b' }
  expect([wires(spliceInto(graph, 'x', edge, entries)), spliceInto(graph, 'a', edge, entries)]).toEqual([
    ['xb', 'ax'],
    graph,
  ])
})

test('a free place is found below what lies there', () => {
  expect(freePlace({ layout: { a: [0, 0], b: [0, 96] } }, [10, 0])).toEqual([10, 192])
})
