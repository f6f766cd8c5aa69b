import { act, fireEvent, render, screen, within } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { checkStore } from '../graph/checkStore'
import { draftActions, draftStore } from '../graph/draft'
import type { Problem } from '../graph/report'
import { chain } from '../graph/testGraph'
import { ProblemsPanel } from './ProblemsPanel'
import { viewStore } from './view'

const problem: Problem = {
  code: 'bad-value',
  severity: 'error',
  message: 'units must be at least 1, got -3.',
  node: 'n1',
  port: null,
  parameter: 'units',
  recipe: null,
  line: null,
  inside: [],
  fixes: [
    {
      label: 'Set units to 64',
      parameters_added: 6464,
      patch: [{ op: 'set_config', node: 'n1', parameter: 'units', value: 64 }],
    },
  ],
}

beforeEach(() => {
  draftActions.load({ id: 'p', name: 'p', graph: chain('n1'), recipe: null })
  checkStore.setState({
    report: { ready: false, nodes: {}, parameters: 0, problems: [problem] },
    checking: false,
    failure: null,
  })
  render(<ProblemsPanel />)
})

test('a click on the place selects the node and points at the field', () => {
  fireEvent.click(screen.getByRole('button', { name: /Dense/ }))
  const { nodes, field } = viewStore.getState()
  expect([nodes, field?.parameter]).toEqual([['n1'], 'units'])
})

test('a fix says what it costs and is applied by one click', () => {
  const fix = screen.getByRole('button', { name: /Set units to 64/ })
  fireEvent.click(fix)
  expect([fix.textContent, draftStore.getState().graph.nodes[0]?.config]).toEqual([
    'Set units to 64+6\u2009464 parameters',
    { units: 64 },
  ])
})

test('what a file left behind is told under its name, leads to its node and is gone once dismissed', () => {
  const left: Problem = {
    ...problem,
    severity: 'warning',
    message: 'The code was not run.',
    fromFile: 'm.h5',
  }
  act(() =>
    draftActions.load({ id: 'q', name: 'q', graph: chain('n1'), recipe: null, importProblems: [left] }),
  )
  const section = within(screen.getByRole('region', { name: 'Not taken over from m.h5' }))
  fireEvent.click(section.getByRole('button', { name: /Dense/ }))
  const { nodes } = viewStore.getState()
  fireEvent.click(section.getByRole('button', { name: 'Dismiss' }))
  expect([nodes, screen.queryByText('The code was not run.')]).toEqual([['n1'], null])
})
