import { expect, it } from 'vitest'
import { followRun, type Socket, type StreamStatus, type Surroundings } from './runStream'
import type { RunEvent } from './types'

/** A network in memory: sockets are kept in order, time and waking happen when the test says so. */
function memoryWorld() {
  const sockets: (Socket & { url: string; closed: boolean })[] = []
  const timers: { run: () => void; delayMs: number }[] = []
  let wake: () => void = () => undefined
  const world: Surroundings = {
    connect(url) {
      const socket = {
        url,
        closed: false,
        onopen: null,
        onmessage: null,
        onclose: null as Socket['onclose'],
        close() {
          socket.closed = true
          socket.onclose?.({ code: 1000 })
        },
      }
      sockets.push(socket)
      return socket
    },
    later(run, delayMs) {
      const timer = { run, delayMs }
      timers.push(timer)
      return () => void timers.splice(timers.indexOf(timer), 1)
    },
    onWake(run) {
      wake = run
      return () => void (wake = () => undefined)
    },
    random: () => 1,
  }
  return { world, sockets, timers, wakeUp: () => wake() }
}

function follow(after = 0) {
  const memory = memoryWorld()
  const taken: number[] = []
  const statuses: StreamStatus[] = []
  const listener = {
    onEvents: (events: RunEvent[]) => void taken.push(...events.map((event) => event.seq)),
    onStatus: (status: StreamStatus) => void statuses.push(status),
  }
  const stop = followRun(12, after, listener, memory.world)
  const say = (index: number, ...events: Partial<RunEvent>[]) =>
    memory.sockets[index]?.onmessage?.({ data: JSON.stringify(events) })
  return { ...memory, taken, statuses, stop, say, urls: () => memory.sockets.map((socket) => socket.url) }
}

const log = (seq: number): Partial<RunEvent> => ({ kind: 'log', seq, at: 0, level: 'info', message: '' })

it('asks for what follows the last event after the network broke', () => {
  const run = follow()
  run.say(0, log(1), log(2))
  run.sockets[0]?.onclose?.({ code: 1006 })
  run.timers[0]?.run()
  run.say(1, log(2), log(3))
  expect([run.urls(), run.taken]).toEqual([
    ['/api/runs/12/stream?after=0', '/api/runs/12/stream?after=2'],
    [1, 2, 3],
  ])
})

it('does not connect again when the run has ended', () => {
  const run = follow()
  run.say(0, { kind: 'state', seq: 1, at: 0, state: 'finished', attempt: 1, reason: null })
  run.sockets[0]?.onclose?.({ code: 1000 })
  expect([run.statuses, run.timers]).toEqual([['connecting', 'ended'], []])
})

it('gives up on a run that does not exist', () => {
  const run = follow()
  run.sockets[0]?.onclose?.({ code: 4404 })
  expect([run.statuses.at(-1), run.timers]).toEqual(['lost', []])
})

it('waits longer after every failure and connects at once when the page wakes', () => {
  const run = follow()
  run.sockets[0]?.onclose?.({ code: 1006 })
  run.timers[0]?.run()
  run.sockets[1]?.onclose?.({ code: 1006 })
  const delays = run.timers.map((timer) => timer.delayMs)
  run.wakeUp()
  expect([delays, run.sockets.length]).toEqual([[250, 500], 3])
})

it('says nothing more once stopped', () => {
  const run = follow()
  run.stop()
  run.say(0, log(1))
  expect([run.sockets[0]?.closed, run.taken, run.statuses]).toEqual([true, [], ['connecting']])
})
