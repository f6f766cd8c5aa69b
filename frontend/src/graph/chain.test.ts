import { expect, test } from 'vitest'
import { chainBreak } from './chain'
import type { Edge, Node } from './document'

const node = (id: string, type: string, shares?: string): Node => ({
  id,
  type,
  config: {},
  ...(shares && { shares }),
})
const wires = (...pairs: string[]): Edge[] =>
  pairs.map((pair) => ({ source: pair.charAt(0), target: pair.charAt(1) }))
const chain = [node('a', 'Input'), node('b', 'Dense'), node('c', 'Output')]

test('one layer after the other is a chain', () => {
  expect(chainBreak({ nodes: chain, edges: wires('ab', 'bc') })).toBeNull()
})

test('a side way that leads to no Output does not count', () => {
  const nodes = [...chain, node('d', 'Dense')]
  expect(chainBreak({ nodes, edges: wires('ab', 'bc', 'ad') })).toBeNull()
})

test('a node with two ways out ends the chain', () => {
  const nodes = [...chain, node('d', 'Add')]
  const edges = wires('ab', 'bd', 'ad', 'dc')
  expect(chainBreak({ nodes, edges })).toEqual({ node: 'a', reason: 'branches' })
})

test('a second Input ends the chain', () => {
  const nodes = [...chain, node('d', 'Input'), node('e', 'Add')]
  const edges = wires('ab', 'be', 'de', 'ec')
  expect(chainBreak({ nodes, edges })).toEqual({ node: 'd', reason: 'second' })
})

test('a layer that is called again ends the chain', () => {
  const nodes = [...chain, node('d', 'Dense', 'b')]
  expect(chainBreak({ nodes, edges: wires('ab', 'bd', 'dc') })).toEqual({ node: 'd', reason: 'shared' })
})

test('an operation ends the chain', () => {
  const nodes = [node('a', 'Input'), node('b', 'ops.relu'), node('c', 'Output')]
  expect(chainBreak({ nodes, edges: wires('ab', 'bc') })).toEqual({ node: 'b', reason: 'operation' })
})

test('an Input straight to an Output is no model of layers', () => {
  const nodes = [node('a', 'Input'), node('c', 'Output')]
  expect(chainBreak({ nodes, edges: wires('ac') })).toEqual({ node: null, reason: 'empty' })
})
