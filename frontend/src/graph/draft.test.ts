import { beforeEach, expect, test, vi } from 'vitest'
import { emptyGraph, type Graph, type Node, type Recipe } from './document'
import { draftActions, draftHistory, draftStore } from './draft'
import { moveNodes } from './edit'
import { openedStore } from './opened'
import { chain } from './testGraph'

const recipe: Recipe = {
  data: {
    dataset: 'mnist',
    inputs: { image: ['image'] },
    targets: { digit: ['label'] },
    validation_fraction: 0.1,
    encoding: {},
    missing: 'refuse',
  },
  compile: {
    optimizer: { type: 'SGD', config: {} },
    outputs: { digit: { loss: { type: 'MeanSquaredError', config: {} }, loss_weight: 1, metrics: [] } },
  },
  fit: { epochs: 5, batch_size: 32, shuffle: true },
  callbacks: [],
  seed: 7,
}
const steps = () => draftHistory.getState().pastStates.length
const config = () => draftStore.getState().graph.nodes[0]?.config

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
  draftActions.load({ id: 'p1', name: 'Test', graph: chain('n1', 'n2'), recipe })
  return () => vi.useRealTimers()
})

test('opening a project starts an empty history', () => {
  draftActions.setConfig('n1', 'units', 1)
  draftActions.load({ id: 'p2', name: 'Other', graph: chain(), recipe: null })
  expect(steps()).toBe(0)
})

test('a burst of typing in one field is one step to undo', () => {
  for (const units of [1, 12, 128]) draftActions.setConfig('n1', 'units', units)
  draftActions.undo()
  expect([config(), steps()]).toEqual([{}, 0])
})

test('typing after a pause, or elsewhere, is a step of its own', () => {
  draftActions.setConfig('n1', 'units', 1)
  vi.advanceTimersByTime(2_000)
  draftActions.setConfig('n1', 'units', 2)
  draftActions.setConfig('n1', 'activation', 'relu')
  expect(steps()).toBe(3)
})

test('undo and redo give back the same graph', () => {
  draftActions.setConfig('n1', 'units', 64)
  const after = draftStore.getState().graph
  draftActions.undo()
  draftActions.redo()
  expect(draftStore.getState().graph).toBe(after)
})

test('typing goes on as a new step after an undo', () => {
  draftActions.setConfig('n1', 'units', 1)
  draftActions.undo()
  draftActions.setConfig('n1', 'units', 2)
  expect([config(), steps()]).toEqual([{ units: 2 }, 1])
})

test('an edit that changes nothing is no step', () => {
  draftActions.editGraph((graph) => graph)
  expect(steps()).toBe(0)
})

test('a move is undone as one step', () => {
  draftActions.editGraph((graph) => moveNodes(graph, { n1: [5, 5], n2: [6, 6] }))
  draftActions.undo()
  expect(draftStore.getState().graph.layout).toEqual({})
})

test('a fix that touches graph and recipe is one step', () => {
  draftActions.applyPatch([
    { op: 'set_config', node: 'n1', parameter: 'units', value: 10 },
    { op: 'set_recipe', path: ['fit', 'epochs'], value: 9 },
  ])
  const done = [config(), draftStore.getState().recipe?.fit.epochs]
  draftActions.undo()
  expect([done, config(), draftStore.getState().recipe?.fit.epochs]).toEqual([[{ units: 10 }, 9], {}, 5])
})

test('what the recipe says of an output follows its name', () => {
  draftActions.rename('n2', 'digit')
  draftActions.rename('n2', 'label')
  const after = draftStore.getState().recipe
  expect([after?.data.targets, Object.keys(after?.compile.outputs ?? {})]).toEqual([
    { label: ['label'] },
    ['label'],
  ])
})

test('the same recipe again is no step', () => {
  draftActions.replaceRecipe(structuredClone(recipe))
  expect(steps()).toBe(0)
})

/** A drawing whose only node calls a block with one input. */
function withBlock(): Graph {
  const inner: Graph = {
    ...emptyGraph(),
    nodes: [{ id: 'i', type: 'Input', name: 'x', config: {} }],
  }
  const nodes: Node[] = [
    { id: 'a', type: 'Dense', config: {} },
    { id: 'b', type: 'block:tower', config: {} },
  ]
  const edges = [{ source: 'a', target: 'b', target_port: 'x' }]
  return { ...emptyGraph(), nodes, edges, blocks: { tower: { parameters: {}, graph: inner } } }
}

test('an edit in an opened block changes its definition and can be undone', () => {
  draftActions.load({ id: 'p', name: 'p', graph: withBlock(), recipe: null })
  openedStore.setState({ path: ['b'] })

  draftActions.setConfig('i', 'shape', [3])
  const edited = draftStore.getState().graph.blocks.tower?.graph.nodes[0]?.config
  draftActions.undo()

  expect([edited, draftStore.getState().graph.blocks.tower?.graph.nodes[0]?.config]).toEqual([
    { shape: [3] },
    {},
  ])
})

test('wires outside hold on to a port that is renamed inside', () => {
  draftActions.load({ id: 'p', name: 'p', graph: withBlock(), recipe: null })
  openedStore.setState({ path: ['b'] })

  draftActions.rename('i', 'features')

  expect(draftStore.getState().graph.edges).toEqual([{ source: 'a', target: 'b', target_port: 'features' }])
})

test('an opened block is closed when its node goes away', () => {
  draftActions.load({ id: 'p', name: 'p', graph: withBlock(), recipe: null })
  openedStore.setState({ path: ['b'] })

  draftActions.editDrawing((root) => ({ ...root, nodes: root.nodes.slice(0, 1), edges: [] }))

  expect(openedStore.getState().path).toEqual([])
})
