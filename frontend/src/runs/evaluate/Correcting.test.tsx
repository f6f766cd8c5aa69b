import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { MemoryRouter } from 'react-router'
import { expect, it, vi } from 'vitest'
import type { Column } from '../../api/types'
import { Correcting } from './Correcting'
import type { Corrections } from './corrections'

/** The network: what was asked. It stands before the client is made. */
const network = vi.hoisted(() => {
  const state = { asked: [] as { path: string; body: unknown }[] }
  globalThis.fetch = async (request) => {
    const { url } = request as Request
    state.asked.push({ path: new URL(url).pathname, body: await (request as Request).json() })
    return Response.json({ id: 'pets-2', title: 'Pets', version: 2 }, { status: 201 })
  }
  return state
})

function Shown({ onTrainOn }: { onTrainOn: (dataset: string) => void }) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set([4]))
  const [corrections, setCorrections] = useState<Corrections>(new Map([[7, 'cat']]))
  const target = { name: 'sort', kind: 'category', classes: ['cat', 'dog'] } as unknown as Column
  return (
    <QueryClientProvider client={new QueryClient()}>
      <MemoryRouter>
        <Correcting
          source={{
            question: { run: 1, dataset: 'pets', split: 'validation', epoch: 1 },
            output: 'answer',
            columns: [],
            target,
            onTrainOn,
          }}
          picked={picked}
          corrections={corrections}
          onPicked={setPicked}
          onCorrections={setCorrections}
        />
      </MemoryRouter>
    </QueryClientProvider>
  )
}

it('keeps what was said as a version, and leads on to train on it', async () => {
  const onTrainOn = vi.fn()
  const user = userEvent.setup()
  render(<Shown onTrainOn={onTrainOn} />)
  await user.click(screen.getByRole('button', { name: 'Leave out' }))
  await user.click(screen.getByRole('button', { name: 'Save as new version' }))
  const link = await screen.findByRole('link', { name: 'Pets' })
  await user.click(screen.getByRole('button', { name: 'Train again on it' }))
  expect([network.asked, link.getAttribute('href'), onTrainOn.mock.calls]).toEqual([
    [
      {
        path: '/api/datasets/pets/versions',
        body: {
          edits: [
            { edit: 'relabel', split: 'train', row: 7, column: 'sort', value: 'cat' },
            { edit: 'drop_rows', split: 'train', rows: [4] },
          ],
        },
      },
    ],
    '/data/pets-2',
    [['pets-2']],
  ])
})
