/** Runs being watched: one socket each however many components look, told to React at most ten times a second. */

import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { refreshRun } from '../api/queries'
import { followRun, type StreamStatus } from '../api/runStream'
import type { RunEvent } from '../api/types'
import { EMPTY_SERIES, foldEvents, type Series } from './series'

const TELL_INTERVAL_MS = 100

export interface LiveRun {
  series: Series
  status: StreamStatus
}

const NOTHING: LiveRun = { series: EMPTY_SERIES, status: 'connecting' }

/** Folds a run's events as they come and tells whoever listens. */
class Watch {
  #shown: LiveRun = NOTHING
  #waiting: RunEvent[] = []
  #status: StreamStatus = 'connecting'
  #timer: ReturnType<typeof setTimeout> | null = null
  #stop: (() => void) | null = null
  readonly #listeners = new Set<() => void>()
  readonly #run: number

  constructor(run: number) {
    this.#run = run
  }

  read = (): LiveRun => this.#shown

  listen(listener: () => void): () => void {
    this.#listeners.add(listener)
    if (this.#stop === null) this.#open()
    return () => {
      this.#listeners.delete(listener)
      if (this.#listeners.size === 0) this.#close()
    }
  }

  /** Connects again, as after a run that had ended was resumed. */
  reopen(): void {
    if (this.#stop === null) return
    this.#close()
    this.#open()
  }

  #open(): void {
    this.#stop = followRun(this.#run, this.#shown.series.cursor, {
      onEvents: (events) => {
        this.#waiting.push(...events)
        this.#tellSoon()
      },
      onStatus: (status) => {
        this.#status = status
        this.#tellSoon()
      },
    })
  }

  #close(): void {
    this.#stop?.()
    this.#stop = null
    if (this.#timer !== null) clearTimeout(this.#timer)
    this.#timer = null
    this.#fold()
  }

  #tellSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = null
      this.#fold()
      for (const listener of this.#listeners) listener()
    }, TELL_INTERVAL_MS)
  }

  #fold(): void {
    this.#shown = { series: foldEvents(this.#shown.series, this.#waiting), status: this.#status }
    this.#waiting = []
  }
}

const watches = new Map<number, Watch>()
const KEPT = 20

function watchOf(run: number): Watch {
  const known = watches.get(run)
  if (known) return known
  const watch = new Watch(run)
  watches.set(run, watch)
  for (const old of [...watches.keys()].slice(0, Math.max(0, watches.size - KEPT))) watches.delete(old)
  return watch
}

/** Follows a run that has ended and was put back to work. */
export function followAgain(run: number): void {
  watches.get(run)?.reopen()
}

/** What a run has said so far, live; null follows nothing. */
export function useLiveRun(run: number | null): LiveRun {
  const queries = useQueryClient()
  const subscribe = useCallback(
    (listener: () => void) => (run === null ? () => undefined : watchOf(run).listen(listener)),
    [run],
  )
  const read = useCallback(() => (run === null ? NOTHING : watchOf(run).read()), [run])
  const live = useSyncExternalStore(subscribe, read)
  const { state, attempt } = live.series
  useEffect(() => {
    if (run !== null && state !== null) void refreshRun(queries, run)
  }, [queries, run, state, attempt])
  return live
}
