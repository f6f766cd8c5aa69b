/** What a run's socket needs to decide without touching the network: pure functions, tested in the table beside. */

interface Numbered {
  seq: number
}

/**
 * The events of a frame that come after `cursor`: none twice when a replay overlaps what is known. Numbers may be
 * missing, because the server thins the steps of very long runs; nothing else is ever left out.
 */
export function freshEvents<E extends Numbered>(cursor: number, frame: readonly E[]): E[] {
  let last = cursor
  return frame.filter((event) => {
    if (event.seq <= last) return false
    last = event.seq
    return true
  })
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
