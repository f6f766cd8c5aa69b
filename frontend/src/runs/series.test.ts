import { describe, expect, it } from 'vitest'
import type { EventOf, RunEvent } from '../api/types'
import { chartData, extent, smooth } from './chartData'
import { lowerIsBetter, metricGroups, metricNames } from './metricNames'
import { bestEpoch, EMPTY_SERIES, foldEvents, fractionDone, latest, type Series } from './series'

const state = (seq: number, name: EventOf<'state'>['state'], attempt = 1): RunEvent => ({
  kind: 'state',
  seq,
  at: seq,
  state: name,
  attempt,
  reason: null,
})

const started = (seq: number, initial_epoch = 0, at = seq): RunEvent => ({
  kind: 'started',
  seq,
  at,
  parameters: 10,
  epochs: 2,
  steps_per_epoch: 4,
  batch_size: 8,
  training_rows: 32,
  validation_rows: 8,
  test_rows: 8,
  initial_epoch,
  initial_step: 0,
  device: 'CPU',
})

const step = (seq: number, epoch: number, inEpoch: number, loss: number | null, at = seq): RunEvent => ({
  kind: 'step',
  seq,
  at,
  epoch,
  step: inEpoch,
  global_step: (epoch - 1) * 4 + inEpoch,
  metrics: { loss },
  not_finite: loss === null ? ['loss'] : [],
  seconds_left: 3,
})

const epoch = (seq: number, number: number, loss: number, val_loss: number): RunEvent => ({
  kind: 'epoch',
  seq,
  at: seq,
  epoch: number,
  global_step: number * 4,
  seconds: 1,
  learning_rate: 0.1,
  metrics: { loss, val_loss },
  not_finite: [],
})

const checkpoint = (seq: number, number: number, best: boolean, removed: number[] = []): RunEvent => ({
  kind: 'checkpoint',
  seq,
  at: seq,
  epoch: number,
  best,
  monitor: 'val_loss',
  size_bytes: 100,
  mode: 'min',
  removed,
})

const story = [
  state(1, 'running'),
  started(2),
  step(3, 1, 2, 0.8),
  step(4, 1, 4, 0.6),
  epoch(5, 1, 0.6, 0.5),
  checkpoint(6, 1, true),
  step(7, 2, 2, 0.4),
]

const told = (events: RunEvent[]): Series => foldEvents(EMPTY_SERIES, events)

describe('foldEvents', () => {
  it('puts steps and epochs into columns', () => {
    const { steps, epochs } = told(story)
    expect({ steps, epochs }).toEqual({
      steps: {
        step: [2, 4, 6],
        epoch: [0.5, 1, 1.5],
        seconds: [1, 2, 5],
        metrics: { loss: [0.8, 0.6, 0.4] },
      },
      epochs: {
        step: [4],
        epoch: [1],
        seconds: [3],
        metrics: { loss: [0.6], val_loss: [0.5], learning_rate: [0.1] },
      },
    })
  })

  it('gives the same series however the events are cut into frames, and takes none twice', () => {
    const apart = story.reduce((series, event) => foldEvents(series, [event, event]), EMPTY_SERIES)
    expect(apart).toEqual(told(story))
  })

  it('leaves the series it was given as it was', () => {
    const before = told(story.slice(0, 4))
    const copy = structuredClone(before)
    foldEvents(before, story.slice(4))
    expect(before).toEqual(copy)
  })

  it('knows how far the run is', () => {
    const { progress } = told(story)
    expect([progress, fractionDone(progress)]).toEqual([
      { epoch: 2, epochs: 2, step: 2, stepsPerEpoch: 4, globalStep: 6, secondsLeft: 3 },
      0.75,
    ])
  })

  it('forgets what a resumed attempt does again, and its clock does not count the pause', () => {
    const resumed = told([...story, state(8, 'running', 2), started(9, 1, 1000), step(10, 2, 1, 0.5, 1001)])
    expect(resumed.steps).toEqual({
      step: [2, 4, 5],
      epoch: [0.5, 1, 1.25],
      seconds: [1, 2, 4],
      metrics: { loss: [0.8, 0.6, 0.5] },
    })
  })

  it('keeps what a snapshot in the middle of an epoch holds', () => {
    const again: RunEvent = { ...(started(10, 1, 1000) as EventOf<'started'>), initial_step: 2 }
    const within = told([...story, step(8, 2, 3, 0.3), state(9, 'running', 2), again])
    expect(within.steps.step).toEqual([2, 4, 6])
    expect(within.progress).toMatchObject({ epoch: 2, step: 2, globalStep: 6 })
  })

  it('does not count a pause as training', () => {
    const paused = [
      state(8, 'paused'),
      { ...state(9, 'queued'), at: 90 },
      { ...state(10, 'running'), at: 98 },
    ]
    const resumed = told([...story, ...paused, step(11, 2, 3, 0.5, 99)])
    expect(resumed.steps.seconds.at(-1)).toBe(told([...story, step(8, 2, 3, 0.5, 9)]).steps.seconds.at(-1))
  })

  it('starts a column late where a metric appears late', () => {
    const late = { ...step(4, 1, 2, 0.7), metrics: { loss: 0.7, accuracy: 0.5 } } as RunEvent
    expect(told([started(2), step(3, 1, 1, 0.8), late]).steps.metrics).toEqual({
      loss: [0.8, 0.7],
      accuracy: [undefined, 0.5],
    })
  })

  it('moves the mark of the best checkpoint', () => {
    expect(bestEpoch(told([...story, checkpoint(8, 2, true)]))).toBe(2)
  })

  it('forgets the checkpoints that were let go', () => {
    const [first] = told(story).checkpoints
    const left = told([...story, checkpoint(8, 9, false, first ? [first.epoch] : [])]).checkpoints
    expect([first !== undefined, left.map(({ epoch }) => epoch)]).toEqual([true, [9]])
  })

  it('drops an old failure when the run goes on', () => {
    const failed: RunEvent = {
      kind: 'failed',
      seq: 8,
      at: 8,
      code: 'out-of-memory',
      message: 'No memory.',
      node: null,
    }
    const series = told([...story, failed, state(9, 'failed'), state(10, 'queued')])
    expect([series.failed, series.state]).toEqual([null, 'queued'])
  })

  it('takes the number of the epoch under way before that of the last one', () => {
    expect([latest(told(story), 'loss'), latest(told(story), 'val_loss')]).toEqual([0.4, 0.5])
  })
})

describe('metric names', () => {
  it('lists each metric once, without its validation twin and the learning rate', () => {
    expect(metricNames(told(story))).toEqual(['loss'])
  })

  it('lets several outputs share a chart, loss first', () => {
    const names = ['main_accuracy', 'loss', 'main_loss', 'sum_loss', 'sum_mae']
    expect(metricGroups(names, ['main', 'sum'])).toEqual([
      { name: 'loss', metrics: ['loss', 'main_loss', 'sum_loss'] },
      { name: 'accuracy', metrics: ['main_accuracy'] },
      { name: 'mae', metrics: ['sum_mae'] },
    ])
  })

  it('knows which way is better', () => {
    expect(['val_loss', 'mae', 'accuracy', 'auc'].map(lowerIsBetter)).toEqual([true, true, false, false])
  })
})

describe('chartData', () => {
  it('lays train and validation on one axis and passes over what was not measured', () => {
    const { x, lines, marks } = chartData(told(story), { metrics: ['loss'], axis: 'step', smoothing: 0 })
    expect({ x, lines: lines.map(({ label, cells }) => [label, cells]), marks }).toEqual({
      x: [2, 4, 6],
      lines: [
        ['loss', [0.8, 0.6, 0.4]],
        ['val_loss', [undefined, 0.5, undefined]],
      ],
      marks: [{ x: 4, kind: 'best' }],
    })
  })

  it('keeps a number that was not finite as a gap with a mark', () => {
    const { lines, marks } = chartData(told([started(1), step(2, 1, 1, null), step(3, 1, 2, 2)]), {
      metrics: ['loss'],
      axis: 'epoch',
      smoothing: 0,
    })
    expect([lines[0]?.cells, marks]).toEqual([[null, 2], [{ x: 0.25, kind: 'not-finite' }]])
  })

  it('smooths without pulling the first numbers to zero', () => {
    expect(smooth([2, null, undefined, 2, 4], 0.5)).toEqual([
      2,
      null,
      undefined,
      2,
      expect.closeTo(3.14286, 4),
    ])
  })

  it('finds the smallest and largest number', () => {
    const { lines } = chartData(told(story), { metrics: ['loss'], axis: 'step', smoothing: 0 })
    expect(extent(lines)).toEqual([0.4, 0.8])
  })
})
