/** Sends a file in pieces and waits for its reading; what is cut goes on where the server has it. */

import { ApiError } from '../../api/apiError'
import { getUpload, sendPiece } from '../../api/uploads'
import type { UploadState } from '../../api/types'

const SMALLEST_PIECE = 1_000_000
const LARGEST_PIECE = 8_000_000
/** A piece that takes less is doubled: a slow line shows its progress often, a fast one is not held up. */
const QUICK_MS = 700
const WAITS_MS = [300, 1_000, 2_000, 4_000, 8_000, 15_000]
const LOOK_MS = 250

/** The file is not what it was when it was chosen. */
export class FileChanged extends Error {}

type Tell = (state: UploadState) => void

/**
 * Sends what the server does not have yet. A cut is tried again for half a minute.
 *
 * Throws ApiError where the server refuses or does not come back, FileChanged, or AbortError once `signal` is given.
 */
export async function send(file: File, first: UploadState, tell: Tell, signal: AbortSignal): Promise<void> {
  let state = first
  let size = SMALLEST_PIECE
  while (state.received_bytes < file.size) {
    const from = state.received_bytes
    const began = performance.now()
    const piece = file.slice(from, from + size)
    state = await persistently(
      () => sendPiece(state.token, from, piece, signal),
      () => stands(state.token, piece, signal),
      signal,
    )
    if (performance.now() - began < QUICK_MS) size = Math.min(2 * size, LARGEST_PIECE)
    tell(state)
  }
}

/** Looks at an upload until nobody reads it any more. Throws as `send` does. */
export async function untilRead(token: string, tell: Tell, signal: AbortSignal): Promise<UploadState> {
  for (;;) {
    const look = () => getUpload(token, signal)
    const state = await persistently(look, look, signal)
    tell(state)
    if (state.state !== 'reading') return state
    await pause(LOOK_MS, signal)
  }
}

/** The answer to `ask`; after a cut, to `again`. */
async function persistently<T>(
  ask: () => Promise<T>,
  again: () => Promise<T>,
  signal: AbortSignal,
): Promise<T> {
  let next = ask
  for (let tries = 0; ; tries += 1) {
    try {
      return await next()
    } catch (error) {
      const wait = WAITS_MS[tries]
      if (!isCut(error) || wait === undefined) throw error
      await pause(wait, signal)
      next = again
    }
  }
}

/** Where the server stands after a cut, if the file is still the one that was chosen. */
async function stands(token: string, piece: Blob, signal: AbortSignal): Promise<UploadState> {
  try {
    await piece.slice(0, 1).arrayBuffer()
  } catch {
    throw new FileChanged()
  }
  return getUpload(token, signal)
}

const AFTER_A_CUT = ['wrong-offset', 'malformed']

/** Whether a request failed on its way, so that it may go on. */
export function isCut(error: unknown): boolean {
  if (!(error instanceof ApiError)) return false
  const { status, code } = error
  return status === 0 || status === 408 || status >= 500 || AFTER_A_CUT.includes(code)
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(new DOMException('', 'AbortError'))
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    if (signal.aborted) stop()
    else signal.addEventListener('abort', stop, { once: true })
  })
}
