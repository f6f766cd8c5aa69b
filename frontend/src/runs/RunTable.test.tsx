import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { MemoryRouter } from 'react-router'
import { expect, it } from 'vitest'
import type { RunSummary } from '../api/types'
import { TooltipGround } from '../ui/Tooltip'
import type { Sort } from './runList'
import { RunTable } from './RunTable'

const run = (id: number, some: Partial<RunSummary>): RunSummary => ({
  id,
  name: `Run ${id}`,
  state: 'finished',
  created_at: 0,
  started_at: 0,
  ended_at: 62,
  epochs_done: 5,
  epochs: 5,
  metrics: { val_accuracy: { last: 0.9, best: 0.975 } },
  parameters: 1,
  error: null,
  dataset: 'mnist',
  attempt: 1,
  tags: [],
  notes: '',
  checkpoint_epochs: [5],
  best_epoch: 5,
  last_seq: 1,
  position: null,
  ...some,
})

function show(runs: RunSummary[]) {
  const said = { sorts: [] as Sort[], ticks: [] as number[], doomed: [] as number[] }
  const queries = new QueryClient()
  render(
    <QueryClientProvider client={queries}>
      <MemoryRouter>
        <TooltipGround>
          <RunTable
            runs={runs}
            sort={{ key: 'id', descending: true }}
            onSort={(sort) => said.sorts.push(sort)}
            now={100}
            ticked={[]}
            onTick={(id) => said.ticks.push(id)}
            onDelete={({ id }) => said.doomed.push(id)}
          />
        </TooltipGround>
      </MemoryRouter>
    </QueryClientProvider>,
  )
  return said
}

it('says state, best metric, epochs and time of a run in words', () => {
  show([run(7, {})])
  const cells = screen.getAllByRole('cell').map((cell) => cell.textContent)
  expect(cells.slice(1, 8)).toEqual(['7', 'Finished', 'Run 7', 'mnist', '0.9750 val accuracy', '5/5', '1:02'])
})

it('sorts by the heading that is pressed', async () => {
  const said = show([run(1, {})])
  await userEvent.click(screen.getByRole('button', { name: 'Best' }))
  expect(said.sorts).toEqual([{ key: 'metric', descending: true }])
})

it('offers to delete and to compare, but deletes no run that is at work', async () => {
  const said = show([run(1, {}), run(2, { state: 'running' })])
  await userEvent.click(screen.getByRole('button', { name: 'Delete Run 1' }))
  await userEvent.click(screen.getByRole('checkbox', { name: 'Compare Run 2' }))
  const others = screen.queryByRole('button', { name: 'Delete Run 2' })
  expect([said.doomed, said.ticks, others]).toEqual([[1], [2], null])
})

it('shows the places of runs that wait, and offers only moves that lead somewhere', () => {
  show([run(1, { state: 'queued', position: 1 }), run(2, { state: 'queued', position: 2 }), run(3, {})])
  const offered = screen
    .getAllByRole('button', { name: /first|up|down/ })
    .filter((button) => !button.hasAttribute('disabled'))
  expect(offered.map((button) => button.getAttribute('aria-label'))).toEqual([
    'Move Run 1 down',
    'Put Run 2 first',
    'Move Run 2 up',
  ])
  expect(screen.getByTitle('2 in the queue').textContent).toBe('2')
})
