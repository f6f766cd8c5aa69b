import { expect, test } from 'vitest'
import { blockEntry, blockPorts } from './blockEntry'
import { makeParameter, unsetParameter } from './blockParameters'
import { clip, paste } from './clipboard'
import { bring, countCalls, detach, removeBlock, renameBlock, renamePort, wouldRecur } from './definitions'
import { emptyGraph, type Block, type Graph, type Node } from './document'
import { group, groupRefusal } from './group'
import { openedNames, putIn, shownIn } from './opened'
import { chain, nodeType } from './testGraph'
import { unpack, unpackRefusal } from './unpack'

const ONE = [{ name: 'inputs', required: true, variadic: false }]
const entries = new Map([nodeType('Dense', ONE)].map((entry) => [entry.type, entry]))

/** in → d1 → d2 → out, where d1 and d2 are dense layers. */
function network(): Graph {
  const graph = chain('in', 'd1', 'd2', 'out')
  const types: Record<string, Partial<Node>> = {
    in: { type: 'Input', name: 'image' },
    d1: { name: 'hidden', config: { units: 8 } },
    d2: { config: { units: 3 } },
    out: { type: 'Output', name: 'digit' },
  }
  const nodes = graph.nodes.map((node) => ({ ...node, ...types[node.id] }))
  return { ...graph, nodes, layout: { in: [0, 0], d1: [220, 0], d2: [440, 0], out: [660, 0] } }
}

function withEntries(graph: Graph) {
  const blocks = Object.entries(graph.blocks).map(([name, block]) => blockEntry(name, block, entries))
  return new Map([...entries, ...blocks.map((entry) => [entry.type, entry] as const)])
}

/** The wires as "source → target", in order. */
function wires({ edges }: Graph): string[] {
  return edges.map((edge) => `${edge.source} → ${edge.target}`)
}

test('nodes become a block whose ports stand for the wires that cross its border', () => {
  const { graph, id, name } = group(network(), ['d1', 'd2'], entries, 'block')

  expect(graph.nodes.map((node) => node.type)).toEqual(['Input', 'block:block', 'Output'])
  expect(wires(graph)).toEqual([`in → ${id}`, `${id} → out`])
  expect(blockPorts(graph.blocks[name]?.graph ?? emptyGraph())).toEqual({
    inputs: ['image'],
    outputs: ['output'],
  })
})

test.each<[string, [number, number], [number, number]]>([
  ['in the middle of its nodes', [440, 0], [330, 0]],
  ['where they start, when they stand in two lines', [0, 120], [220, 0]],
])('a block stands %s', (_, second, expected) => {
  const drawn = network()
  const { graph, id } = group(
    { ...drawn, layout: { ...drawn.layout, d2: second } },
    ['d1', 'd2'],
    entries,
    'b',
  )
  expect(graph.layout[id]).toEqual(expected)
})

test('a block that was made of nodes and is unpacked is wired as before, under the names its layers had', () => {
  const { graph, id } = group(network(), ['d1', 'd2'], entries, 'block')
  const { graph: flat } = unpack(graph, id, withEntries(graph))

  const names = new Map(flat.nodes.map((node) => [node.id, node.name]))
  expect(flat.edges.map((edge) => [names.get(edge.source), names.get(edge.target)])).toEqual([
    ['block_dense', 'digit'],
    ['image', 'block_hidden'],
    ['block_hidden', 'block_dense'],
  ])
})

test('a repeated block unpacks into copies that feed each other, with its parameters put in', () => {
  const { graph, id, name } = group(network(), ['d1'], entries, 'block')
  const open = makeParameter(graph, name, 'd1', 'units', 8)
  const nodes = open.nodes.map((node) =>
    node.id === id ? { ...node, config: { repeat: 3, units: 5 } } : node,
  )
  const root = { ...open, nodes }

  const { graph: flat } = unpack(root, id, withEntries(root))

  expect(flat.nodes.map((node) => [node.name, node.config.units])).toEqual([
    ['image', undefined],
    ['block_1_hidden', 5],
    ['block_2_hidden', 5],
    ['block_3_hidden', 5],
    [undefined, 3],
    ['digit', undefined],
  ])
  expect(flat.edges).toHaveLength(5)
})

test('two wires from one place into a block share a port, and merges keep the order of their wires', () => {
  const base = chain('a', 'm')
  const graph: Graph = {
    ...base,
    nodes: [...base.nodes, { id: 'b', type: 'Dense', config: {} }, { id: 'k', type: 'Dense', config: {} }],
    edges: [
      { source: 'b', target: 'm' },
      { source: 'a', target: 'm' },
      { source: 'b', target: 'k' },
      { source: 'k', target: 'm' },
    ],
  }
  const grouped = group(graph, ['m', 'k'], entries, 'block')
  const inner = grouped.graph.blocks.block?.graph ?? emptyGraph()
  const names = new Map(inner.nodes.map((node) => [node.id, node.name ?? node.id]))

  expect(inner.edges.filter((edge) => edge.target === 'm').map((edge) => names.get(edge.source))).toEqual([
    'input',
    'input_1',
    'k',
  ])
  expect(grouped.graph.edges.map((edge) => [edge.source, edge.target_port ?? null])).toEqual([
    ['b', null],
    ['a', 'input_1'],
  ])
})

test.each([
  [[], 'empty'],
  [['in', 'd1'], 'ends'],
  [['d1', 'd2'], null],
] as const)('grouping %j is refused with %j', (ids, refusal) => {
  expect(groupRefusal(network(), ids)).toBe(refusal)
})

test('nodes with a path that leaves them and comes back are refused', () => {
  expect(groupRefusal(chain('a', 'b', 'c'), ['a', 'c'])).toBe('convex')
})

test('nodes that share a layer with one outside are refused', () => {
  const graph = chain('a', 'b')
  const nodes = graph.nodes.map((node) => (node.id === 'b' ? { ...node, shares: 'a' } : node))
  expect([groupRefusal({ ...graph, nodes }, ['b']), groupRefusal({ ...graph, nodes }, ['a', 'b'])]).toEqual([
    'shares',
    null,
  ])
})

test('a block with a loose port is not unpacked', () => {
  const { graph, id } = group(network(), ['d1', 'd2'], entries, 'block')
  expect(unpackRefusal({ ...graph, edges: [] }, id, withEntries(graph))).toBe('wires')
})

test('what is edited in an opened block changes its definition, and a block that is gone ends the way', () => {
  const { graph, id, name } = group(network(), ['d1', 'd2'], entries, 'block')
  const inner = shownIn(graph, [id])
  const changed = putIn(graph, [id], { ...inner, nodes: inner.nodes.slice(1) })

  expect(changed.blocks[name]?.graph.nodes).toHaveLength(inner.nodes.length - 1)
  expect(openedNames(graph, [id, 'd1'])).toEqual([name])
  expect(shownIn(graph, ['gone'])).toBe(graph)
})

const plain: Block = { parameters: {}, graph: chain('x') }
const calls = (...names: string[]): Graph => ({
  ...emptyGraph(),
  nodes: names.map((name, index): Node => ({ id: `n${index}`, type: `block:${name}`, config: {} })),
})

test('a block may not be put into itself, directly or around a corner', () => {
  const blocks = { a: { parameters: {}, graph: calls('b') }, b: plain, c: plain }
  const asked = [
    ['a', null],
    ['a', 'a'],
    ['a', 'b'],
    ['c', 'a'],
  ] as const
  expect(asked.map(([name, around]) => wouldRecur(name, around, blocks))).toEqual([false, true, true, false])
})

test('a detached copy has a definition of its own', () => {
  const graph = detach({ ...calls('a', 'a'), blocks: { a: plain } }, 'n1')
  expect([graph.nodes.map((node) => node.type), Object.keys(graph.blocks)]).toEqual([
    ['block:a', 'block:a_1'],
    ['a', 'a_1'],
  ])
})

test('a definition goes only when nobody calls it', () => {
  const root = { ...calls('a'), blocks: { a: plain, b: plain } }
  expect([countCalls(root, 'a'), removeBlock(root, 'a'), Object.keys(removeBlock(root, 'b').blocks)]).toEqual(
    [1, root, ['a']],
  )
})

test('a renamed block takes everyone along who calls it', () => {
  const root = { ...calls('a'), blocks: { a: plain, b: { parameters: {}, graph: calls('a') } } }
  const renamed = renameBlock(root, 'a', 'tower')
  expect([
    renamed.nodes[0]?.type,
    renamed.blocks.b?.graph.nodes[0]?.type,
    Object.keys(renamed.blocks),
  ]).toEqual(['block:tower', 'block:tower', ['tower', 'b']])
})

test('wires hold on to a port that gets another name', () => {
  const root: Graph = {
    ...calls('a', 'b'),
    edges: [
      { source: 'n0', source_port: 'y', target: 'n1', target_port: 'y' },
      { source: 'n1', target: 'n0', target_port: 'y' },
    ],
    blocks: { a: plain, b: plain },
  }
  expect(renamePort(root, 'a', 'Output', 'y', 'z').edges[0]).toEqual({
    source: 'n0',
    source_port: 'z',
    target: 'n1',
    target_port: 'y',
  })
})

test('an equal definition is used again, another one of the same name is added', () => {
  const other: Block = { parameters: { units: 1 }, graph: chain('x') }
  expect([...bring({ a: plain }, { a: plain }).names, ...bring({ a: plain }, { a: other }).names]).toEqual([
    ['a', 'a'],
    ['a', 'a_1'],
  ])
})

test('copied nodes carry the definitions of their blocks into another drawing', () => {
  const root = { ...calls('a'), blocks: { a: { parameters: {}, graph: calls('b') }, b: plain, c: plain } }
  const there = { ...emptyGraph(), blocks: { b: { parameters: { units: 1 }, graph: chain('x') } } }

  const pasted = paste(there, clip(root, ['n0']), [0, 0]).graph

  expect(Object.keys(pasted.blocks).sort()).toEqual(['a', 'b', 'b_1'])
  expect(pasted.blocks.a?.graph.nodes[0]?.type).toBe('block:b_1')
})

test('a parameter that is taken away leaves its value behind', () => {
  const { graph, id, name } = group(network(), ['d1'], entries, 'block')
  const made = makeParameter(graph, name, 'd1', 'units', 8)
  const given = made.nodes.map((node) => (node.id === id ? { ...node, config: { units: 5 } } : node))

  const back = unsetParameter({ ...made, nodes: given }, name, 'units')

  expect(made.blocks[name]?.parameters).toEqual({ units: 8 })
  expect(back).toEqual(graph)
})

test('a parameter of a block takes what the argument takes that it stands for', () => {
  const { graph, name } = group(network(), ['d1'], entries, 'block')
  const made = makeParameter(graph, name, 'd1', 'units', 8)
  const entry = blockEntry(name, made.blocks[name] ?? plain, entries)

  expect(entry.parameters.map((parameter) => [parameter.name, parameter.kind, parameter.default])).toEqual([
    ['units', 'integer', 8],
    ['repeat', 'integer', 1],
  ])
})
