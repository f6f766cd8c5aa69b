import { expect, test } from 'vitest'
import type { Recipe } from './document'
import { applyChanges, applyToRecipe, type Change } from './patch'
import { chain } from './testGraph'

const nodes = { a: { id: 'a', type: 'Dense', config: {} }, b: { id: 'b', type: 'Dense', config: {} } }

test('set_config gives one argument a value and leaves the others', () => {
  const graph = { ...chain('a'), nodes: [{ ...nodes.a, config: { units: 8, activation: 'relu' } }] }
  const after = applyChanges(graph, [{ op: 'set_config', node: 'a', parameter: 'units', value: 10 }])
  expect(after.nodes).toEqual([{ ...nodes.a, config: { units: 10, activation: 'relu' } }])
})

test('unset_config takes an argument away', () => {
  const graph = { ...chain('a'), nodes: [{ ...nodes.a, config: { units: 8 } }] }
  const after = applyChanges(graph, [{ op: 'unset_config', node: 'a', parameter: 'units' }])
  expect(after.nodes).toEqual([nodes.a])
})

test('rename and set_type keep id, config and wires', () => {
  const after = applyChanges(chain('a', 'b'), [
    { op: 'rename', node: 'a', name: 'first' },
    { op: 'set_type', node: 'a', type: 'Flatten' },
  ])
  expect(after).toEqual({
    ...chain('a', 'b'),
    nodes: [{ ...nodes.a, name: 'first', type: 'Flatten' }, nodes.b],
  })
})

test('add_node puts a node at its place', () => {
  const after = applyChanges(chain('a'), [{ op: 'add_node', node: nodes.b, position: [5, 6] }])
  expect(after).toEqual({ ...chain('a'), nodes: [nodes.a, nodes.b], layout: { b: [5, 6] } })
})

test('remove_node takes its wires and its place along', () => {
  const graph = { ...chain('a', 'b', 'c'), layout: { b: [0, 0] as [number, number] } }
  const after = applyChanges(graph, [{ op: 'remove_node', node: 'b' }])
  expect([after.nodes.map(({ id }) => id), after.edges, after.layout]).toEqual([['a', 'c'], [], {}])
})

test('add_edge at an index keeps the order of a merge', () => {
  const graph = { ...chain('a', 'b', 'c'), edges: [{ source: 'a', target: 'c' }] }
  const after = applyChanges(graph, [{ op: 'add_edge', edge: { source: 'b', target: 'c' }, index: 0 }])
  expect(after.edges).toEqual([
    { source: 'b', target: 'c' },
    { source: 'a', target: 'c' },
  ])
})

test('remove_edge takes the first equal wire, whether a missing port is null or left out', () => {
  const edge = { source: 'a', target: 'b', source_port: null, target_port: null }
  expect(applyChanges(chain('a', 'b'), [{ op: 'remove_edge', edge }]).edges).toEqual([])
})

test.each([
  [{ op: 'rename', node: 'z', name: 'x' } as const, "there is no node 'z' to change"],
  [{ op: 'add_node', node: nodes.a } as const, "node id 'a' is used twice"],
  [{ op: 'add_edge', edge: { source: 'a', target: 'a' } } as const, "a wire would join node 'a' to itself"],
  [
    { op: 'remove_edge', edge: { source: 'b', target: 'a' } } as const,
    "there is no wire from 'b' to 'a' to remove",
  ],
])('a change that does not fit the graph throws: %j', (change, message) => {
  expect(() => applyChanges(chain('a', 'b'), [change])).toThrow(message)
})

test('set_recipe sets one place of the recipe and leaves the graph alone', () => {
  const recipe = { fit: { epochs: 5, batch_size: 32, shuffle: true } } as Recipe
  const changes: Change[] = [{ op: 'set_recipe', path: ['fit', 'epochs'], value: 9 }]
  expect([applyToRecipe(recipe, changes), applyChanges(chain('a'), changes)]).toEqual([
    { fit: { epochs: 9, batch_size: 32, shuffle: true } },
    chain('a'),
  ])
})

test('set_recipe reaches into lists by their index', () => {
  const recipe = {
    callbacks: [
      { type: 'A', config: {} },
      { type: 'B', config: {} },
    ],
  } as unknown as Recipe
  const after = applyToRecipe(recipe, [{ op: 'set_recipe', path: ['callbacks', '1', 'type'], value: 'C' }])
  expect(after?.callbacks.map(({ type }) => type)).toEqual(['A', 'C'])
})
