/** Events folded into what a person wants to see: columns of numbers, progress, state. Pure. */

import type { EventOf, RunEvent, RunState } from '../api/types'

/** Measurements in the order they were made. A column has null where the number was not finite, undefined where none was made. */
export interface Columns {
  /** Steps from the first step of the run. */
  step: number[]
  /** Epochs done, with a fraction inside an epoch. */
  epoch: number[]
  /** Seconds of training, without the pauses between attempts. */
  seconds: number[]
  metrics: Record<string, Cell[]>
}

export type Cell = number | null | undefined

export interface Progress {
  /** The epoch being worked on, from 1; 0 before the first. */
  epoch: number
  epochs: number
  step: number
  stepsPerEpoch: number
  globalStep: number
  secondsLeft: number | null
}

export interface Series {
  /** Number of the last event folded in. */
  cursor: number
  state: RunState | null
  attempt: number
  reason: string | null
  started: EventOf<'started'> | null
  progress: Progress
  steps: Columns
  epochs: Columns
  checkpoints: EventOf<'checkpoint'>[]
  stoppedEarly: EventOf<'stopped_early'> | null
  evaluations: EventOf<'evaluation'>[]
  failed: EventOf<'failed'> | null
  logs: EventOf<'log'>[]
  /** Looks at the layers, oldest first. */
  probes: EventOf<'probe'>[]
  findings: EventOf<'finding'>[]
  /** Added to an event's time to get seconds of training. */
  clock: number
  /** When the pause began in which the run is, or was before it waited in the queue again. */
  pausedAt: number | null
}

const NO_PROGRESS: Progress = {
  epoch: 0,
  epochs: 0,
  step: 0,
  stepsPerEpoch: 0,
  globalStep: 0,
  secondsLeft: null,
}
const KEPT_LOGS = 200

export const EMPTY_COLUMNS: Columns = { step: [], epoch: [], seconds: [], metrics: {} }

export const EMPTY_SERIES: Series = {
  cursor: 0,
  state: null,
  attempt: 0,
  reason: null,
  started: null,
  progress: NO_PROGRESS,
  steps: EMPTY_COLUMNS,
  epochs: EMPTY_COLUMNS,
  checkpoints: [],
  stoppedEarly: null,
  evaluations: [],
  failed: null,
  logs: [],
  probes: [],
  findings: [],
  clock: 0,
  pausedAt: null,
}

/** The series after these events; events already folded in are passed over. */
export function foldEvents(series: Series, events: readonly RunEvent[]): Series {
  let next = series
  let batch: Batch | null = null
  for (const event of events) {
    if (event.seq <= next.cursor) continue
    if (event.kind === 'step' || event.kind === 'epoch') {
      batch ??= { steps: openColumns(next.steps), epochs: openColumns(next.epochs) }
      next = measure(next, event, batch)
    } else {
      next = closeBatch(next, batch)
      batch = null
      next = { ...note(next, event), cursor: event.seq }
    }
  }
  return closeBatch(next, batch)
}

/** Columns copied once for all measurements of one batch of events. */
interface Batch {
  steps: Columns
  epochs: Columns
}

function openColumns(columns: Columns): Columns {
  const metrics: Record<string, Cell[]> = {}
  for (const [name, cells] of Object.entries(columns.metrics)) metrics[name] = cells.slice()
  return {
    step: columns.step.slice(),
    epoch: columns.epoch.slice(),
    seconds: columns.seconds.slice(),
    metrics,
  }
}

function closeBatch(series: Series, batch: Batch | null): Series {
  return batch === null ? series : { ...series, steps: batch.steps, epochs: batch.epochs }
}

function measure(series: Series, event: EventOf<'step'> | EventOf<'epoch'>, batch: Batch): Series {
  const stepsPerEpoch = series.progress.stepsPerEpoch
  const seconds = event.at + series.clock
  const where = { step: event.global_step, seconds }
  if (event.kind === 'step') {
    const epoch = event.epoch - 1 + (stepsPerEpoch > 0 ? event.step / stepsPerEpoch : 0)
    addRow(batch.steps, { ...where, epoch }, event.metrics)
    const { epoch: current, step, global_step: globalStep, seconds_left: secondsLeft } = event
    const progress = {
      ...series.progress,
      epoch: current,
      step,
      globalStep,
      secondsLeft,
    }
    return { ...series, progress, cursor: event.seq }
  }
  const rate = event.learning_rate == null ? {} : { learning_rate: event.learning_rate }
  addRow(batch.epochs, { ...where, epoch: event.epoch }, { ...event.metrics, ...rate })
  const progress = {
    ...series.progress,
    epoch: event.epoch,
    step: stepsPerEpoch,
    globalStep: event.global_step,
  }
  return { ...series, progress, cursor: event.seq }
}

function addRow(
  columns: Columns,
  at: { step: number; epoch: number; seconds: number },
  metrics: Record<string, Cell>,
): void {
  const row = columns.step.length
  columns.step.push(at.step)
  columns.epoch.push(at.epoch)
  columns.seconds.push(at.seconds)
  for (const [name, value] of Object.entries(metrics)) {
    const cells = (columns.metrics[name] ??= new Array<Cell>(row).fill(undefined))
    while (cells.length < row) cells.push(undefined)
    cells.push(value)
  }
}

function note(series: Series, event: Exclude<RunEvent, { kind: 'step' | 'epoch' }>): Series {
  switch (event.kind) {
    case 'state':
      return changeState(series, event)
    case 'started':
      return start(series, event)
    case 'checkpoint':
      return { ...series, checkpoints: [...withoutEpoch(series.checkpoints, event), event] }
    case 'stopped_early':
      return { ...series, stoppedEarly: event }
    case 'evaluation':
      return {
        ...series,
        evaluations: [...series.evaluations.filter((one) => one.split !== event.split), event],
      }
    case 'failed':
      return { ...series, failed: event }
    case 'probe':
      return { ...series, probes: [...series.probes, event] }
    case 'finding':
      return { ...series, findings: [...series.findings.filter((one) => !isSame(one, event)), event] }
    case 'snapshot':
      return series
    case 'log':
      return { ...series, logs: [...series.logs, event].slice(-KEPT_LOGS) }
  }
}

/** Whether two attempts at a run found the same at the same place. */
function isSame(one: EventOf<'finding'>, other: EventOf<'finding'>): boolean {
  return one.code === other.code && one.layer === other.layer && one.metric === other.metric
}

/** A best checkpoint takes the mark from the one before; some are let go for it. */
function withoutEpoch(
  checkpoints: EventOf<'checkpoint'>[],
  added: EventOf<'checkpoint'>,
): EventOf<'checkpoint'>[] {
  const gone = new Set([added.epoch, ...added.removed])
  const others = checkpoints.filter((one) => !gone.has(one.epoch))
  return added.best ? others.map((one) => (one.best ? { ...one, best: false } : one)) : others
}

function changeState(series: Series, event: EventOf<'state'>): Series {
  const attempt = event.attempt
  const secondsLeft = event.state === 'running' ? series.progress.secondsLeft : null
  const progress = { ...series.progress, secondsLeft }
  const failed = event.state === 'failed' ? series.failed : null
  const { state, reason } = event
  return { ...series, state, attempt, reason, progress, failed, ...clockAfter(series, event) }
}

/** A pause is no training: the clock stands still from its beginning until the run goes on. */
function clockAfter(series: Series, { state, at }: EventOf<'state'>): Pick<Series, 'clock' | 'pausedAt'> {
  const { clock, pausedAt } = series
  if (state === 'paused') return { clock, pausedAt: pausedAt ?? at }
  if (state !== 'running' || pausedAt === null) return { clock, pausedAt }
  return { clock: clock - (at - pausedAt), pausedAt: null }
}

/** A process took the run up: what lies past the checkpoint it goes on from will be done again. */
function start(series: Series, event: EventOf<'started'>): Series {
  const done = event.initial_epoch
  const within = event.steps_per_epoch > 0 ? event.initial_step / event.steps_per_epoch : 0
  const steps = upToEpoch(series.steps, done + within)
  const epochs = upToEpoch(series.epochs, done)
  const lastSecond = Math.max(steps.seconds.at(-1) ?? 0, epochs.seconds.at(-1) ?? 0)
  const progress = {
    ...NO_PROGRESS,
    epoch: within > 0 ? done + 1 : done,
    step: event.initial_step,
    epochs: event.epochs,
    stepsPerEpoch: event.steps_per_epoch,
    globalStep: done * event.steps_per_epoch + event.initial_step,
  }
  const checkpoints = series.checkpoints.filter((one) => one.epoch <= done)
  const probes = series.probes.filter((one) => one.global_step <= progress.globalStep)
  const findings = series.findings.filter((one) => (one.epoch ?? 0) <= done)
  const again = {
    steps,
    epochs,
    checkpoints,
    probes,
    findings,
    progress,
    stoppedEarly: null,
    evaluations: [],
    failed: null,
  }
  return { ...series, ...again, started: event, clock: lastSecond - event.at, pausedAt: null }
}

function upToEpoch(columns: Columns, epoch: number): Columns {
  const past = columns.epoch.findIndex((at) => at > epoch)
  if (past === -1) return columns
  const metrics: Record<string, Cell[]> = {}
  for (const [name, cells] of Object.entries(columns.metrics)) metrics[name] = cells.slice(0, past)
  return {
    step: columns.step.slice(0, past),
    epoch: columns.epoch.slice(0, past),
    seconds: columns.seconds.slice(0, past),
    metrics,
  }
}

/** How much of the run is done, from 0 to 1. */
export function fractionDone({ epoch, epochs, step, stepsPerEpoch }: Progress): number {
  if (epochs === 0) return 0
  const inEpoch = stepsPerEpoch > 0 && epoch > 0 ? epoch - 1 + step / stepsPerEpoch : epoch
  return Math.min(1, Math.max(0, inEpoch / epochs))
}

/** The newest value of a metric: of the epoch under way if it has one, else of the last epoch. */
export function latest(series: Series, metric: string): Cell {
  const running = series.steps.metrics[metric]?.at(-1)
  const step = series.steps.step.at(-1) ?? -1
  const ended = series.epochs.step.at(-1) ?? -1
  if (running !== undefined && step > ended) return running
  return series.epochs.metrics[metric]?.at(-1) ?? running
}

/** The epoch whose weights are the best so far, if one is marked. */
export function bestEpoch(series: Series): number | null {
  return series.checkpoints.find((one) => one.best)?.epoch ?? null
}
