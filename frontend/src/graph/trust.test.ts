import { expect, test } from 'vitest'
import { emptyGraph, type Graph } from './document'
import type { CheckReport } from './report'
import { explained, trustActions, withheld } from './trust'

function drawing(code: string): Graph {
  return { ...emptyGraph(), nodes: [{ id: 'n1', type: 'python', config: { code, arguments: {} } }] }
}

function report(code: string): CheckReport {
  const place = { node: 'n1', port: null, parameter: 'code', recipe: null, line: null, inside: [] }
  const problem = {
    code,
    severity: 'error' as const,
    message: 'A Python layer needs code.',
    ...place,
    fixes: [],
  }
  return { ready: false, nodes: {}, parameters: 0, problems: [problem] }
}

test('code that nobody approved does not leave the page', () => {
  expect(withheld(drawing('print(1)')).nodes[0]?.config).toEqual({ arguments: {} })
})

test('approved code leaves the page', () => {
  const graph = drawing('print(2)')
  trustActions.trust('print(2)')
  expect(withheld(graph)).toBe(graph)
})

test('code that a person goes on typing stays approved', () => {
  trustActions.trust('print(3)')
  trustActions.follow('print(3)', 'print(33)')
  const graph = drawing('print(33)')
  expect(withheld(graph)).toBe(graph)
})

test('typing into code that was not approved does not approve it', () => {
  trustActions.follow('print(4)', 'print(44)')
  expect(withheld(drawing('print(44)')).nodes[0]?.config).toEqual({ arguments: {} })
})

test('code inside a block is withheld too', () => {
  const graph = { ...emptyGraph(), blocks: { Mine: { parameters: {}, graph: drawing('print(5)') } } }
  expect(withheld(graph).blocks.Mine?.graph.nodes[0]?.config).toEqual({ arguments: {} })
})

test('a withheld node is told as not trusted', () => {
  const { problems } = explained(report('missing-parameter'), drawing('print(6)'), 'Read it first.')
  expect(problems.map(({ code, message }) => [code, message])).toEqual([['untrusted-code', 'Read it first.']])
})

test('a server without custom Python says so, approved or not', () => {
  const answer = report('custom-python-off')
  expect(explained(answer, drawing('print(7)'), 'Read it first.')).toEqual(answer)
})
