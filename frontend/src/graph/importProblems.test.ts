import { beforeEach, expect, test } from 'vitest'
import { draftActions, draftStore } from './draft'
import { importProblems, presentProblems } from './importProblems'
import { fromFile, toDraft, toFile } from './projectFile'
import type { Problem } from './report'
import { chain } from './testGraph'

const said: Problem = {
  code: 'lambda',
  severity: 'error',
  message: 'The file holds Python code. It was not run.',
  node: 'b',
  port: null,
  parameter: null,
  recipe: null,
  line: null,
  inside: [],
  fixes: [],
}
const [kept] = importProblems([said], 'odd.keras')
const whole = importProblems([{ ...said, code: 'weights-left-out', node: null }], 'odd.keras')

beforeEach(() => {
  const problems = kept ? [kept, ...whole] : []
  draftActions.load({ id: 'p', name: 'p', graph: chain('a', 'b'), recipe: null, importProblems: problems })
})

test('they warn: whether the drawing can be trained says the check', () => {
  expect(kept).toEqual({ ...said, severity: 'warning', fromFile: 'odd.keras' })
})

test('they are still there when the browser has kept the draft, but not in a saved file', () => {
  const draft = draftStore.getState()
  expect([fromFile(toDraft(draft)).importProblems, fromFile(toFile(draft)).importProblems]).toEqual([
    [kept, ...whole],
    undefined,
  ])
})

test('one goes away with its node and comes back with it', () => {
  draftActions.editGraph((graph) => ({ ...graph, nodes: graph.nodes.slice(0, 1), edges: [] }))
  const without = presentProblems(draftStore.getState())
  draftActions.undo()
  expect([without, presentProblems(draftStore.getState())]).toEqual([whole, [kept, ...whole]])
})

test('a dismissed one does not come back by undo', () => {
  draftActions.setName('q')
  draftActions.dismiss(whole)
  draftActions.undo()
  const { name, importProblems: left } = draftStore.getState()
  expect([name, left]).toEqual(['p', [kept]])
})

test('another drawing has none of them', () => {
  draftActions.load({ id: 'q', name: 'q', graph: chain('a', 'b'), recipe: null })
  expect(presentProblems(draftStore.getState())).toEqual([])
})
