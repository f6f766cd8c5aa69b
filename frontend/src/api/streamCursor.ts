/** What a run's socket needs to decide without touching the network: pure functions, tested in the table beside. */

interface Numbered {
  seq: number
}

export interface Accepted<E extends Numbered> {
  /** Events not seen before, in order. */
  fresh: E[]
  /** The number of the last event taken. */
  cursor: number
  /** True where numbers are missing between the cursor and the first fresh event: nothing was taken. */
  gap: boolean
}

/** The events of one frame that come after `cursor`: none twice, and none past a hole. */
export function acceptFrame<E extends Numbered>(cursor: number, frame: readonly E[]): Accepted<E> {
  const fresh: E[] = []
  let last = cursor
  for (const event of frame) {
    if (event.seq <= last) continue
    if (event.seq > last + 1) return { fresh, cursor: last, gap: true }
    fresh.push(event)
    last = event.seq
  }
  return { fresh, cursor: last, gap: false }
}

/** Close codes of the server's own: the run does not exist, or the socket is not let in. */
const REFUSED_CODES = new Set([1002, 1003, 1007, 1008, 4000, 4001, 4003, 4004, 4400, 4401, 4403, 4404, 4422])

export interface Closing {
  code: number
  /** The run's last known state cannot change by itself. */
  runEnded: boolean
  /** How many times in a row connecting failed. */
  failures: number
  /** In [0, 1): spreads the browsers of a restarted server. */
  random: number
}

export type AfterClose = { do: 'retry'; delayMs: number } | { do: 'end' } | { do: 'give-up' }

export const FIRST_DELAY_MS = 250
export const LONGEST_DELAY_MS = 15_000

/** What a closed socket means: go on later, the run is over, or this run cannot be had. */
export function afterClose({ code, runEnded, failures, random }: Closing): AfterClose {
  if (REFUSED_CODES.has(code)) return { do: 'give-up' }
  if (runEnded) return { do: 'end' }
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** failures)
  return { do: 'retry', delayMs: Math.round(ceiling * (0.5 + random / 2)) }
}

const ENDED_STATES = new Set(['finished', 'stopped', 'failed'])

/** Whether a run in this state says nothing more until somebody asks it to. */
export function isEnded(state: string | null | undefined): boolean {
  return state != null && ENDED_STATES.has(state)
}
