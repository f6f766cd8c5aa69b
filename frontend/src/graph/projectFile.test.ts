import { expect, test } from 'vitest'
import { fromFile, toDraft, toFile } from './projectFile'
import { chain } from './testGraph'

test('a saved project is read back as it was', () => {
  const graph = {
    ...chain('a', 'b'),
    name: 'Net',
    layout: { a: [0, 0], b: [220, 0] } as Record<string, [number, number]>,
  }
  expect(fromFile(toFile({ name: 'Net', graph, recipe: null }))).toEqual({ name: 'Net', graph, recipe: null })
})

test('a bare graph document is a project without a recipe, and unplaced nodes get a place', () => {
  const text = JSON.stringify({
    version: 1,
    name: 'Bare',
    nodes: chain('a', 'b').nodes,
    edges: chain('a', 'b').edges,
  })
  const { name, graph, recipe } = fromFile(text)
  expect([name, graph.layout, recipe]).toEqual(['Bare', { a: [0, 0], b: [220, 0] }, null])
})

const node = { id: 'a', type: 'Dense', config: {} }
test.each([
  ['json', 'not json'],
  ['object', '[]'],
  ['version', { version: 2, nodes: [] }],
  ['nodes', { nodes: [{ id: 'a' }] }],
  ['ids', { nodes: [node, node] }],
  ['edges', { nodes: [node], edges: [{ source: 'a', target: 'b' }] }],
  ['recipe', { graph: { nodes: [node] }, recipe: {} }],
])('a file is refused for its %s', (code, content) => {
  expect(() => fromFile(typeof content === 'string' ? content : JSON.stringify(content))).toThrow(code)
})

test('a draft remembers the checkpoint that it starts from', () => {
  const draft = { name: 'Net', graph: chain('a'), recipe: null, weights: { run: 7, epoch: 3 } }
  expect(fromFile(toDraft(draft)).weights).toEqual({ run: 7, epoch: 3 })
})
