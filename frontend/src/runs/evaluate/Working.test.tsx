import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { Working } from './Working'

/** The network, which stands before the client is made: where it was asked. */
const asked = vi.hoisted(() => {
  const paths: string[] = []
  globalThis.fetch = (request) => {
    const { pathname, search } = new URL((request as Request).url)
    paths.push(pathname + search)
    return Promise.resolve(Response.json({ rows_done: 30, rows: 120 }))
  }
  return paths
})

it('shows the part of the rows that is judged, and the way out', async () => {
  const cancel = vi.fn()
  const question = { run: 3, dataset: 'iris', split: 'test' as const, epoch: 2 }
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Working question={question} onCancel={cancel} />
    </QueryClientProvider>,
  )
  const bar = screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Rows judged' })
  await waitFor(() => expect(bar.value).toBe(0.25))
  expect(asked).toEqual(['/api/runs/3/evaluate/progress?dataset=iris&split=test&epoch=2'])
  await userEvent.click(screen.getByRole('button', { name: 'Cancel' }))
  expect(cancel).toHaveBeenCalledOnce()
})
