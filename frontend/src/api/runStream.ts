/** The tail of a run's event log over a WebSocket: resumes after the last number, backs off, never repeats an event. */

import { afterClose, freshEvents, isEnded } from './streamCursor'
import type { RunEvent } from './types'

export type StreamStatus = 'connecting' | 'live' | 'waiting' | 'ended' | 'lost'

/** The part of a WebSocket that the stream uses. */
export interface Socket {
  onopen: (() => void) | null
  onmessage: ((message: { data: unknown }) => void) | null
  onclose: ((closing: { code: number }) => void) | null
  close(): void
}

/** The world around the stream, handed in so that it can be tried without one. */
export interface Surroundings {
  connect(url: string): Socket
  later(run: () => void, delayMs: number): () => void
  onWake(run: () => void): () => void
  random(): number
}

export interface StreamListener {
  onEvents(events: RunEvent[]): void
  onStatus(status: StreamStatus): void
}

/** Follow a run from its event number `after`; call the result to stop. */
export function followRun(
  runId: number,
  after: number,
  listener: StreamListener,
  world: Surroundings = browser,
): () => void {
  let cursor = after
  let failures = 0
  let runEnded = false
  let socket: Socket | null = null
  let cancelRetry: (() => void) | null = null

  const open = () => {
    cancelRetry = null
    listener.onStatus('connecting')
    const opened = world.connect(`/api/runs/${runId}/stream?after=${cursor}`)
    socket = opened
    opened.onopen = () => listener.onStatus('live')
    opened.onmessage = ({ data }) => take(JSON.parse(String(data)) as RunEvent[])
    opened.onclose = ({ code }) => closed(code)
  }

  const take = (frame: RunEvent[]) => {
    failures = 0
    const events = freshEvents(cursor, frame)
    cursor = events.at(-1)?.seq ?? cursor
    for (const event of events) if (event.kind === 'state') runEnded = isEnded(event.state)
    if (events.length > 0) listener.onEvents(events)
  }

  const closed = (code: number) => {
    socket = null
    const next = afterClose({ code, runEnded, failures, random: world.random() })
    if (next.do === 'retry') {
      failures += 1
      listener.onStatus('waiting')
      cancelRetry = world.later(open, next.delayMs)
    } else {
      listener.onStatus(next.do === 'end' ? 'ended' : 'lost')
    }
  }

  const wake = () => {
    if (cancelRetry === null) return
    cancelRetry()
    failures = 0
    open()
  }

  const forget = world.onWake(wake)
  open()
  return () => {
    forget()
    cancelRetry?.()
    if (socket === null) return
    socket.onmessage = socket.onclose = socket.onopen = null
    socket.close()
  }
}

const browser: Surroundings = {
  connect(path) {
    const url = new URL(path, window.location.href)
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:'
    return new WebSocket(url) as Socket
  },
  later(run, delayMs) {
    const timer = setTimeout(run, delayMs)
    return () => clearTimeout(timer)
  },
  onWake(run) {
    const visible = () => {
      if (document.visibilityState === 'visible') run()
    }
    document.addEventListener('visibilitychange', visible)
    window.addEventListener('online', run)
    return () => {
      document.removeEventListener('visibilitychange', visible)
      window.removeEventListener('online', run)
    }
  },
  random: Math.random,
}
