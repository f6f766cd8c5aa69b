import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import { checkStore } from '../graph/checkStore'
import type { Recipe } from '../graph/document'
import type { CheckReport } from '../graph/report'
import { draftActions } from '../graph/useDraft'
import { useShownRuns } from '../runs/shownRun'
import { TooltipGround } from '../ui/Tooltip'
import { TrainButton } from './TrainButton'

const recipe: Recipe = {
  data: {
    dataset: 'iris',
    inputs: {},
    targets: {},
    validation_fraction: 0.1,
    encoding: {},
    missing: 'refuse',
  },
  compile: { optimizer: { type: 'Adam', config: {} }, outputs: {} },
  fit: { epochs: 1, batch_size: 1, shuffle: true },
  callbacks: [],
  seed: 7,
}
const ready: CheckReport = { ready: true, nodes: {}, parameters: 0, problems: [] }

/** The network: what was asked, and what is answered to it, in order. It stands before the client is made. */
const network = vi.hoisted(() => {
  const made = () => Promise.resolve(Response.json({ id: 12, state: 'queued' }, { status: 201 }))
  const state = {
    asked: [] as { url: string; key: string | null }[],
    answers: [] as (() => Promise<Response>)[],
    made,
  }
  globalThis.fetch = (request) => {
    const { url, headers } = request as Request
    state.asked.push({ url: new URL(url).pathname, key: headers.get('idempotency-key') })
    return (state.answers.shift() ?? made)()
  }
  return state
})

beforeEach(() => {
  network.asked = []
  network.answers = []
})

function show(report: CheckReport | null) {
  const graph = {
    version: 1 as const,
    name: 'g',
    nodes: [{ id: 'n1', type: 'Input', config: {} }],
    edges: [],
    blocks: {},
    layout: {},
  }
  draftActions.load({ id: 'draft-a', name: 'Mine', graph, recipe })
  checkStore.setState({ report, checking: report === null, failure: null })
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipGround>
        <TrainButton />
      </TooltipGround>
    </QueryClientProvider>,
  )
}

it('starts a run by Ctrl+Enter and shows it as that of the draft', async () => {
  show(ready)
  await userEvent.keyboard('{Control>}{Enter}{/Control}')
  await waitFor(() => expect(useShownRuns.getState().byDraft['draft-a']).toBe(12))
  expect(network.asked.map(({ url }) => url)).toEqual(['/api/runs'])
})

it('sends the same key again when the first request got no answer', async () => {
  network.answers = [() => Promise.reject(new TypeError('network'))]
  show(ready)
  const button = screen.getByRole('button', { name: 'Train' })
  await userEvent.click(button)
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBe('false'))
  await userEvent.click(button)
  await waitFor(() => expect(network.asked.length).toBe(2))
  const [first, second] = network.asked
  expect([first?.key?.length, first?.key === second?.key]).toEqual([32, true])
})

it('does nothing but say why while the drawing is not ready', async () => {
  show(null)
  const button = screen.getByRole('button', { name: 'Train' })
  await userEvent.click(button)
  const why = document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent
  expect([network.asked, why]).toEqual([[], 'Keras is checking the drawing.'])
})
