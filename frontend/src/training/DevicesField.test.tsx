import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, it, vi } from 'vitest'
import type { Trial } from '../api/types'
import type { Recipe } from '../graph/document'
import { DevicesField } from './DevicesField'
import { trialStore } from './trialStore'

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
  fit: { epochs: 1, batch_size: 32, shuffle: true },
  callbacks: [],
  seed: 7,
}
const trial: Trial = {
  ok: true,
  step_seconds: 0.1,
  epoch_seconds: 1,
  peak_bytes: 1,
  steps_per_epoch: 10,
  problems: [],
  device: 'NVIDIA H100',
  gpus: 2,
}

function show(gpus: number, devices?: 'one' | 'all') {
  const set = vi.fn()
  trialStore.setState({ trial: { ...trial, gpus } })
  const asked = devices ? { ...recipe, fit: { ...recipe.fit, devices } } : recipe
  render(<DevicesField recipe={asked} problems={[]} set={set} />)
  return set
}

beforeEach(() => {
  trialStore.setState({ trial: null })
})

it('offers all GPUs where there are several, and says what is used', async () => {
  const set = show(2)
  expect(screen.queryByText('Now: NVIDIA H100')).not.toBeNull()
  await userEvent.click(screen.getByRole('combobox', { name: 'Trains on' }))
  await userEvent.click(screen.getByRole('option', { name: 'all 2 GPUs' }))
  expect(set.mock.calls).toEqual([[['fit', 'devices'], 'all']])
})

it.each([
  [1, undefined, false],
  [0, undefined, false],
  [0, 'all', true],
] as const)('with %i GPUs and a recipe that asks for %s, it is shown: %s', (gpus, devices, shown) => {
  show(gpus, devices)
  expect(screen.queryByText('Trains on') !== null).toBe(shown)
})
