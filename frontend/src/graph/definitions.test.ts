import { expect, test } from 'vitest'
import { turnIntoBlock } from './definitions'
import { emptyGraph, type Block, type Graph } from './document'

const vgg: Block = {
  parameters: {},
  graph: { ...emptyGraph('VGG16'), nodes: [{ id: 'a', type: 'Dense', config: { units: 1 } }] },
}

function drawing(blocks: Graph['blocks'] = {}): Graph {
  const nodes = ['before', 'app', 'after'].map((id) => ({ id, type: 'Dense', config: {} }))
  const edges = [
    { source: 'before', source_port: 'x', target: 'app', target_port: 'inputs' },
    { source: 'app', source_port: 'output', target: 'after', target_port: 'y' },
  ]
  return { ...emptyGraph(), nodes, edges, blocks }
}

test('a node becomes a call of the new block, its wires on the first ports of it', () => {
  const { nodes, edges, blocks } = turnIntoBlock(drawing(), 'app', 'VGG16', vgg)
  expect([nodes[1], edges, blocks]).toEqual([
    { id: 'app', type: 'block:VGG16', config: {} },
    [
      { source: 'before', source_port: 'x', target: 'app' },
      { source: 'app', target: 'after', target_port: 'y' },
    ],
    { VGG16: vgg },
  ])
})

test('a block of that name that is there stays as it is', () => {
  const { nodes, blocks } = turnIntoBlock(drawing({ VGG16: vgg }), 'app', 'VGG16', vgg)
  expect([nodes[1]?.type, Object.keys(blocks)]).toEqual(['block:VGG16_1', ['VGG16', 'VGG16_1']])
})

test('a node that shares the opened layer calls the new block too', () => {
  const before = drawing()
  const twin = { id: 'twin', type: 'Dense', shares: 'app', config: {} }
  const { nodes } = turnIntoBlock({ ...before, nodes: [...before.nodes, twin] }, 'app', 'VGG16', vgg)
  expect(nodes[3]).toEqual({ id: 'twin', type: 'block:VGG16', shares: 'app', config: {} })
})

test('a block inside the new one is called by another name where its own is taken', () => {
  const inner: Block = { parameters: {}, graph: { ...emptyGraph(), nodes: [] } }
  const outer: Block = {
    parameters: {},
    graph: { ...emptyGraph(), nodes: [{ id: 'a', type: 'block:stem', config: {} }], blocks: { stem: inner } },
  }
  const { blocks } = turnIntoBlock(drawing({ stem: vgg }), 'app', 'Net', outer)
  expect([Object.keys(blocks).sort(), blocks.Net?.graph.nodes[0]?.type]).toEqual([
    ['Net', 'stem', 'stem_1'],
    'block:stem_1',
  ])
})
