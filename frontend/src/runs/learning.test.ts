import { describe, expect, it } from 'vitest'
import type { EventOf, LayerSigns } from '../api/types'
import { levelIn, paceOf } from '../editor/learning'
import type { Graph } from '../graph/document'
import { findingsOfNodes, layersOfNodes, signsOfNodes, spanOf } from './learning'

const nothing: LayerSigns = {
  gradient: null,
  output_gradient: null,
  update_ratio: null,
  dead: null,
  saturated: null,
}
const layer = (signs: Partial<LayerSigns>): LayerSigns => ({ ...nothing, ...signs })

const inner: Graph = {
  version: 1,
  name: 'inner',
  nodes: [
    { id: 'a', type: 'Input', config: {} },
    { id: 'b', type: 'Dense', config: {} },
    { id: 'c', type: 'Dense', name: 'last', config: {} },
  ],
  edges: [],
  blocks: {},
  layout: {},
} as unknown as Graph

const drawing = (repeat: number): Graph => ({
  ...inner,
  nodes: [
    { id: 'n1', type: 'Input', name: 'x', config: {} },
    { id: 'n2', type: 'block:pair', name: 'twice', config: { repeat } },
    { id: 'n3', type: 'Dense', config: {} },
    { id: 'n4', type: 'Dense', shares: 'n3', config: {} },
  ],
  blocks: { pair: { parameters: {}, graph: inner } },
})

describe('the layers of a node', () => {
  it('are its own, those of its block in every copy, and those of the node that it shares with', () => {
    const known = new Set(['x', 'twice_1_dense', 'twice_1_last', 'twice_2_dense', 'twice_2_last', 'dense'])
    expect(Object.fromEntries(layersOfNodes(drawing(2), known))).toEqual({
      n1: ['x'],
      n2: ['twice_1_dense', 'twice_2_dense', 'twice_1_last', 'twice_2_last'],
      'n2.1.a': [],
      'n2.1.b': ['twice_1_dense', 'twice_2_dense'],
      'n2.1.c': ['twice_1_last', 'twice_2_last'],
      n3: ['dense'],
      n4: ['dense'],
    })
  })
})

describe('the signs of a node', () => {
  it('are those of its layers together', () => {
    const signs = signsOfNodes(new Map([['block', ['two', 'one']]]), {
      one: layer({ gradient: 3, output_gradient: 9, update_ratio: 0.01, dead: 0.5 }),
      two: layer({ gradient: 4, output_gradient: 0.5, update_ratio: 0.001 }),
    })
    expect([...signs]).toEqual([
      ['block', { gradient: 5, outputGradient: 0.5, updateRatio: 0.01, dead: 0.5, saturated: null }],
    ])
    expect(spanOf(signs)).toEqual([0.5, 0.5])
  })

  it('are missing where no layer was seen', () => {
    expect(signsOfNodes(new Map([['n1', ['gone']]]), {}).size).toBe(0)
  })
})

describe('findings at nodes', () => {
  const finding = (epoch: number | null, name: string | null): EventOf<'finding'> => ({
    kind: 'finding',
    seq: 1,
    at: 1,
    code: 'dead-units',
    message: 'm',
    advice: 'a',
    node: 'n3',
    layer: name,
    metric: null,
    epoch,
    evidence: {},
  })

  it('are those that were told by the epoch that is looked at', () => {
    const told = [finding(2, 'dense'), finding(5, 'dense'), finding(null, 'x'), finding(1, null)]
    const found = findingsOfNodes(
      new Map([
        ['n3', ['dense']],
        ['n1', ['x']],
      ]),
      told,
      2,
    )
    expect([...found].map(([node, all]) => [node, all.length])).toEqual([
      ['n3', 1],
      ['n1', 1],
    ])
  })
})

describe('scales', () => {
  it.each([
    [1e-4, 0],
    [1e-2, 0.5],
    [1, 1],
    [5, 1],
    [0, 0],
  ])('place %d by its logarithm', (value, level) => {
    expect(levelIn(value, [1e-4, 1])).toBeCloseTo(level)
  })

  it('call a thousandth healthy', () => {
    expect([1e-6, 1e-3, 0.3].map(paceOf)).toEqual(['slow', 'healthy', 'fast'])
  })
})
