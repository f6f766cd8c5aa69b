import { expect, it } from 'vitest'
import type { RunSummary } from '../api/types'
import { bestMetric, comparedRuns, duration, firstSort, formatStart, found, sorted } from './runList'

const run = (id: number, some: Partial<RunSummary> = {}): RunSummary => ({
  id,
  name: `run ${id}`,
  state: 'finished',
  created_at: id,
  started_at: id,
  ended_at: id + 10,
  epochs_done: 5,
  epochs: 5,
  metrics: {},
  parameters: 1,
  error: null,
  dataset: 'mnist',
  attempt: 1,
  tags: [],
  notes: '',
  checkpoint_epochs: [],
  best_epoch: null,
  last_seq: 1,
  position: null,
  ...some,
})

const judged = (id: number, best: number | null) => run(id, { metrics: { val_accuracy: { last: 0, best } } })
const ids = (runs: RunSummary[]) => runs.map(({ id }) => id)

it('lets a validation metric speak for a run before its losses', () => {
  const metrics = Object.fromEntries(
    ['loss', 'accuracy', 'val_loss', 'val_accuracy', 'learning_rate'].map((name) => [
      name,
      { last: 1, best: 2 },
    ]),
  )
  expect(bestMetric(run(1, { metrics }))).toEqual({ name: 'val_accuracy', value: 2 })
})

it('sorts by the best metric and puts runs without one last both ways', () => {
  const runs = [judged(1, null), judged(2, 0.5), judged(3, 0.9)]
  const by = (descending: boolean) => ids(sorted(runs, { key: 'metric', descending }, 0))
  expect([by(true), by(false)]).toEqual([
    [3, 2, 1],
    [2, 3, 1],
  ])
})

it('keeps the newest first among equals', () => {
  expect(ids(sorted([run(1), run(3), run(2)], { key: 'dataset', descending: false }, 0))).toEqual([3, 2, 1])
})

it('finds runs by all words, in any of their texts', () => {
  const runs = [run(1, { tags: ['baseline'] }), run(2, { notes: 'a baseline too', dataset: 'iris' }), run(3)]
  expect([ids(found(runs, 'BASE iris')), ids(found(runs, '#3')), ids(found(runs, ' '))]).toEqual([
    [2],
    [3],
    [1, 2, 3],
  ])
})

it('counts the time of a run under way up to now', () => {
  const running = run(1, { state: 'running', ended_at: null })
  expect([duration(running, 31), duration(run(1), 99), duration(run(1, { started_at: null }), 9)]).toEqual([
    30,
    10,
    null,
  ])
})

it('sorts errors upwards and scores downwards at first', () => {
  const errors = [run(1, { metrics: { val_mae: { last: 1, best: 1 } } })]
  expect([firstSort('metric', errors), firstSort('metric', [judged(1, 1)]), firstSort('name', [])]).toEqual([
    { key: 'metric', descending: false },
    { key: 'metric', descending: true },
    { key: 'name', descending: false },
  ])
})

it('says the time of a run of today and the day of an older one', () => {
  const noon = new Date(2026, 10, 23, 12, 30).getTime() / 1000
  const day = 24 * 3600
  expect([
    formatStart(noon, noon + 60).includes('30'),
    formatStart(noon, noon + day).includes('30'),
    formatStart(noon, noon + 400 * day).includes('2026'),
  ]).toEqual([true, false, true])
})

it('compares the newest runs of one dataset until some are ticked', () => {
  const runs = [
    run(4),
    { ...judged(3, 1), dataset: 'iris' },
    judged(2, 1),
    { ...judged(1, 1), dataset: 'iris' },
  ]
  expect([comparedRuns(runs, null), comparedRuns(runs, [2, 9, 4])].map(ids)).toEqual([
    [3, 1],
    [2, 4],
  ])
})
