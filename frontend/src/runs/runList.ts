/** The lines of the runs table: what they say, which of them are shown, in which order. Pure. */

import type { RunSummary } from '../api/types'
import { isEnded } from '../api/streamCursor'
import { lowerIsBetter } from './metricNames'

export type SortKey = 'id' | 'state' | 'name' | 'dataset' | 'metric' | 'epochs' | 'duration' | 'started'

export interface Sort {
  key: SortKey
  descending: boolean
}

export interface BestMetric {
  name: string
  value: number | null
}

/** The metric that says most of a run: a validation accuracy or error before the loss, validation before training. */
export function bestMetric({ metrics }: Pick<RunSummary, 'metrics'>): BestMetric | null {
  const names = Object.keys(metrics).sort((a, b) => weight(a) - weight(b))
  const [name] = names
  return name === undefined ? null : { name, value: metrics[name]?.best ?? null }
}

function weight(name: string): number {
  const isTraining = name.startsWith('val_') ? 0 : 2
  return isTraining + (name.endsWith('loss') ? 1 : 0) + (name === 'learning_rate' ? 10 : 0)
}

/** Seconds that a run has taken so far, or null before it started. */
export function duration(
  run: Pick<RunSummary, 'started_at' | 'ended_at' | 'state'>,
  now: number,
): number | null {
  if (run.started_at === null) return null
  const end = run.ended_at ?? (isEnded(run.state) ? null : now)
  return end === null ? null : Math.max(0, end - run.started_at)
}

/** Runs that hold all words of the search in their name, dataset, state, tags or notes. */
export function found(runs: readonly RunSummary[], search: string): RunSummary[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return runs.filter(({ id, name, dataset, state, tags, notes }) => {
    const text = [`#${id}`, name, dataset, state, ...tags, notes].join(' ').toLowerCase()
    return words.every((word) => text.includes(word))
  })
}

export function sorted(runs: readonly RunSummary[], { key, descending }: Sort, now: number): RunSummary[] {
  const direction = descending ? -1 : 1
  return [...runs].sort((a, b) => {
    const [left, right] = [valueOf(a, key, now), valueOf(b, key, now)]
    if (left === right) return b.id - a.id
    // What has no value stands last whichever way the others go.
    if (left === null) return 1
    if (right === null) return -1
    return left < right ? -direction : direction
  })
}

function valueOf(run: RunSummary, key: SortKey, now: number): string | number | null {
  switch (key) {
    case 'id':
      return run.id
    case 'metric':
      return bestMetric(run)?.value ?? null
    case 'epochs':
      return run.epochs_done
    case 'duration':
      return duration(run, now)
    case 'started':
      return run.started_at ?? run.created_at
    case 'name':
      return run.name.toLowerCase()
    default:
      return run[key]
  }
}

/** The way to sort first by a column: the newest, longest and best on top, words from A. */
export function firstSort(key: SortKey, runs: readonly RunSummary[]): Sort {
  const isWord = key === 'name' || key === 'dataset' || key === 'state'
  const metric = runs.map(bestMetric).find((best) => best !== null)
  const isLower = key === 'metric' && metric != null && lowerIsBetter(metric.name)
  return { key, descending: !isWord && !isLower }
}

/** When a run began, in the words of this place: the time of a run of today, else its day. */
export function formatStart(seconds: number, now: number): string {
  const [start, today] = [new Date(seconds * 1000), new Date(now * 1000)]
  if (start.toDateString() === today.toDateString()) {
    return start.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
  }
  const year = start.getFullYear() === today.getFullYear() ? {} : ({ year: 'numeric' } as const)
  return start.toLocaleDateString(undefined, { month: 'short', day: 'numeric', ...year })
}

/** The ticked runs that still exist; before anything was ticked, the newest that measured something and one like it. */
export function comparedRuns(runs: readonly RunSummary[], ticked: readonly number[] | null): RunSummary[] {
  if (ticked !== null) return ticked.flatMap((id) => runs.find((run) => run.id === id) ?? [])
  const measured = runs.filter(({ metrics }) => Object.keys(metrics).length > 0)
  return measured.filter(({ dataset }) => dataset === measured[0]?.dataset).slice(0, 2)
}
