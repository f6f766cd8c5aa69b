import { expect, test } from 'vitest'
import type { Trial } from '../api/types'
import type { CheckReport } from '../graph/report'
import { trialFigures, withTrial } from './trialReport'

const measured: Trial = {
  ok: true,
  step_seconds: 0.00234,
  epoch_seconds: 4.21,
  peak_bytes: 310_400_000,
  steps_per_epoch: 1688,
  problems: [],
  device: 'CPU',
  gpus: 0,
}
const report: CheckReport = { ready: true, nodes: {}, parameters: 3, problems: [] }
const problem = { code: 'step-failed', severity: 'error', message: 'No.', node: 'n2' } as never

test('figures have two digits and a unit that fits', () => {
  expect(trialFigures(measured)).toEqual({
    epoch: '4.2\u2009s',
    memory: '310\u2009MB',
    step: '2.3\u2009ms',
  })
})

test('a long epoch is told as a clock', () => {
  expect(trialFigures({ ...measured, epoch_seconds: 3671 })?.epoch).toBe('1:01:11')
})

test('what was not measured has no figures', () => {
  expect(trialFigures({ ...measured, epoch_seconds: null })).toBeNull()
})

test('a batch that failed makes the drawing not ready, with the problem at its node', () => {
  const told = withTrial(report, { ...measured, ok: false, problems: [problem] })
  expect(told).toEqual({ ...report, ready: false, problems: [problem] })
})

test('a batch without problems leaves the report as it is', () => {
  expect(withTrial(report, measured)).toBe(report)
})
