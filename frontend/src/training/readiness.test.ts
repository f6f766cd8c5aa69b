import { expect, it } from 'vitest'
import { emptyGraph, type Recipe } from '../graph/document'
import type { CheckReport, Problem } from '../graph/report'
import { readinessOf } from './readiness'

const graph = { ...emptyGraph(), nodes: [{ id: 'n1', type: 'Input', config: {} }] }
const recipe = {} as Recipe
const idle = { checking: false, failure: null }
const problem = (severity: Problem['severity']): Problem => ({
  code: 'missing-input',
  severity,
  message: 'Connect it.',
  node: null,
  port: null,
  parameter: null,
  recipe: null,
  line: null,
  inside: [],
  fixes: [],
})
const report = (...problems: Problem[]): CheckReport => ({
  ready: problems.every(({ severity }) => severity !== 'error'),
  nodes: {},
  parameters: 0,
  problems,
})

it.each([
  [
    'nothing is drawn',
    { graph: emptyGraph(), recipe },
    { report: null, ...idle },
    { ready: false, because: 'empty' },
  ],
  [
    'no dataset is chosen',
    { graph, recipe: null },
    { report: null, ...idle },
    { ready: false, because: 'no-dataset' },
  ],
  [
    'the first check is on its way',
    { graph, recipe },
    { report: null, checking: true, failure: null },
    { ready: false, because: 'checking' },
  ],
  [
    'the server does not answer',
    { graph, recipe },
    { report: null, checking: false, failure: 'gone' },
    { ready: false, because: 'unchecked' },
  ],
  [
    'something is wrong',
    { graph, recipe },
    { report: report(problem('warning'), problem('error')), ...idle },
    { ready: false, because: 'problems', count: 1, message: 'Connect it.' },
  ],
  [
    'there are only warnings',
    { graph, recipe },
    { report: report(problem('warning')), ...idle },
    { ready: true },
  ],
])('answers when %s', (_, draft, check, expected) => {
  expect(readinessOf(draft, check)).toEqual(expected)
})
