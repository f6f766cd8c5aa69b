import { renderHook } from '@testing-library/react'
import { expect, test } from 'vitest'
import { draftActions } from '../graph/draft'
import { emptyGraph } from '../graph/document'
import { openedStore } from '../graph/opened'
import type { Problem } from '../graph/report'
import { useNodeProblems } from './reports'

const left: Problem = {
  code: 'lambda',
  severity: 'warning',
  message: 'The code was not run.',
  node: 'call',
  port: null,
  parameter: null,
  recipe: null,
  line: null,
  inside: ['1', 'odd'],
  fixes: [],
  fromFile: 'm.keras',
}

test('what a file left behind in a block marks the node that calls it and, once that is open, the node itself', () => {
  const odd = { ...emptyGraph(), nodes: [{ id: 'odd', type: 'Dense', config: {} }] }
  const nodes = [{ id: 'call', type: 'block:b', config: {} }]
  const graph = { ...emptyGraph(), nodes, blocks: { b: { parameters: {}, graph: odd } } }
  draftActions.load({ id: 'p', name: 'p', graph, recipe: null, importProblems: [left] })
  const ask = (id: string) => renderHook(() => useNodeProblems(id)).result.current
  const outside = [ask('call'), ask('odd')]
  openedStore.setState({ path: ['call'] })
  expect([...outside, ask('odd')]).toEqual([[left], [], [left]])
})
