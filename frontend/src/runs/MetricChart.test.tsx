import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import type { RunEvent } from '../api/types'
import { useChartSettings } from './chartSettings'
import { MetricChart } from './MetricChart'
import { EMPTY_SERIES, foldEvents } from './series'

const epoch = (number: number, loss: number, val_loss: number): RunEvent => ({
  kind: 'epoch',
  seq: number,
  at: number,
  epoch: number,
  global_step: number,
  seconds: 1,
  learning_rate: null,
  metrics: { loss, val_loss },
  not_finite: [],
})

it('has a table twin with the same numbers', () => {
  useChartSettings.getState().set({ asTable: true })
  const series = foldEvents(EMPTY_SERIES, [epoch(1, 0.5, 0.6), epoch(2, 0.25, 0.4)])
  render(<MetricChart series={series} group={{ name: 'loss', metrics: ['loss'] }} />)
  const rows = screen.getAllByRole('row').map((row) => [...row.children].map((cell) => cell.textContent))
  expect(rows).toEqual([
    ['epoch', 'loss', 'val loss'],
    ['1', '0.5000', '0.6000'],
    ['2', '0.2500', '0.4000'],
  ])
})
