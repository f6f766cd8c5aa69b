import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import type { RunDetail } from '../api/types'
import { usePinned } from '../data/pinned'
import { NodeActivation } from '../editor/NodeActivation'
import { checkStore } from '../graph/checkStore'
import type { Graph, Recipe } from '../graph/document'
import { draftActions } from '../graph/useDraft'
import { TooltipGround } from '../ui/Tooltip'
import { DraftSamples } from './DraftSamples'
import { isOf } from './useDraftActivations'

const graph: Graph = {
  version: 1,
  name: 'g',
  nodes: [{ id: 'n1', type: 'Input', config: {} }],
  edges: [],
  blocks: {},
  layout: {},
}
const recipe: Recipe = {
  data: {
    dataset: 'iris',
    inputs: { n1: ['a'] },
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

/** The network, which stands before the client is made: what it was asked for. */
const asked = vi.hoisted(() => {
  const bodies: unknown[] = []
  const text = { kind: 'text', shape: [], maps: [], vectors: [], texts: [['setosa']] }
  globalThis.fetch = async (request) => {
    bodies.push(await (request as Request).json())
    return Response.json({ epoch: null, adapted_rows: 150, rows: [4], nodes: { n1: text } })
  }
  return bodies
})

it('shows what nodes make of a pinned row before any training, until it is let go', async () => {
  draftActions.load({ id: 'draft-a', name: 'Mine', graph, recipe })
  checkStore.setState({
    report: { ready: true, nodes: {}, parameters: 0, problems: [] },
    checking: false,
    failure: null,
  })
  usePinned.getState().pin('iris', 4)
  render(
    <QueryClientProvider client={new QueryClient()}>
      <TooltipGround>
        <DraftSamples look={null}>
          <NodeActivation id="n1" />
        </DraftSamples>
      </TooltipGround>
    </QueryClientProvider>,
  )
  expect((await screen.findByRole('status')).textContent).toBe('Row 5 · before training, adapted to 150 rows')
  expect([screen.getByText('setosa').title, asked.length]).toEqual(['setosa', 1])
  expect(asked[0]).toMatchObject({ rows: [4], recipe })
  await userEvent.click(screen.getByRole('button', { name: 'Follow no samples' }))
  expect([screen.queryByRole('status'), screen.queryByText('setosa')]).toEqual([null, null])
})

it('takes a run for that of the drawing while neither layers nor columns have changed', () => {
  const run = { graph, recipe } as RunDetail
  const moved = { ...graph, layout: { n1: [1, 2] as [number, number] } }
  const wider = { ...graph, nodes: [{ id: 'n1', type: 'Input', config: { shape: [2] } }] }
  const fed = { ...recipe, data: { ...recipe.data, inputs: { n1: ['b'] } } }
  const found = [
    isOf(run, moved, recipe),
    isOf(run, wider, recipe),
    isOf(run, graph, fed),
    isOf(undefined, graph, recipe),
  ]
  expect(found).toEqual([true, false, false, false])
})
