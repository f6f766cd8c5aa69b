/** The files that are being added, whatever page is shown: what each is at, and what can be done with it. */

import { createStore } from 'zustand/vanilla'
import { ApiError } from '../../api/apiError'
import type { Note, Readable, UploadState } from '../../api/types'
import { announceUpload, deleteUpload, readUpload } from '../../api/uploads'
import { formatOf } from './formats'
import { FileChanged, isCut, send, untilRead } from './sending'

export interface Failure {
  /** `changed` where the file is not what it was; else the server's word. */
  code: string
  message: string
  notes: readonly Note[]
  /** The line was cut, and it can go on where it stopped. */
  canGoOn: boolean
}

export interface Upload {
  key: number
  file: File
  /** Where it was dropped: on the drawing, to be trained on, or anywhere else, to be looked at. */
  place: 'drawing' | 'page'
  /** Null until the server knows of it. */
  token: string | null
  sent: number
  phase: 'sending' | 'reading' | 'done' | 'failed'
  progress: UploadState['progress']
  failure: Failure | null
  dataset: string | null
}

export const uploadStore = createStore<{ uploads: readonly Upload[] }>(() => ({ uploads: [] }))

const working = new Map<number, AbortController>()
let last = 0

export const uploadActions = {
  /** Begins to add files, all at once; the server reads one after the other. */
  add(files: Iterable<File>, place: Upload['place']): void {
    for (const file of files) {
      last += 1
      const upload: Upload = { ...FRESH, key: last, file, place }
      uploadStore.setState(({ uploads }) => ({ uploads: [...uploads, upload] }))
      void work(upload.key, null)
    }
  },
  /** Goes on where it stopped; with a file that had to be announced anew, from the start. */
  goOn(key: number): void {
    put(key, { phase: 'sending', failure: null })
    void work(key, null)
  },
  /** Reads it again, without the rows or files that can not be read. */
  keepGood(key: number): void {
    const upload = find(key)
    if (!upload) return
    const format = formatOf(upload.file.name, upload.failure?.notes ?? [])
    put(key, { phase: 'reading', failure: null, progress: null })
    void work(key, { format, skip_broken: true })
  },
  /** Takes it off the list; what has arrived of it is thrown away, a dataset that came of it stays. */
  remove(key: number): void {
    const token = find(key)?.token
    working.get(key)?.abort()
    uploadStore.setState(({ uploads }) => ({ uploads: uploads.filter((one) => one.key !== key) }))
    if (token) forget(token)
  },
}

const FRESH = {
  token: null,
  sent: 0,
  phase: 'sending',
  progress: null,
  failure: null,
  dataset: null,
} as const

/** Whether something would be lost if the page went away. */
export function isSending(): boolean {
  return uploadStore.getState().uploads.some(({ phase }) => phase === 'sending')
}

async function work(key: number, reading: Readable | null): Promise<void> {
  const upload = find(key)
  if (!upload) return
  const control = new AbortController()
  working.set(key, control)
  try {
    const token = await sent(upload, control.signal)
    put(key, { phase: 'reading', progress: null })
    await readUpload(token, reading, control.signal)
    const { answer } = await untilRead(token, ({ progress }) => put(key, { progress }), control.signal)
    if (answer?.dataset) {
      put(key, { phase: 'done', dataset: answer.dataset, token: null })
      forget(token)
    } else put(key, { phase: 'failed', failure: refusal(answer) })
  } catch (error) {
    if (!control.signal.aborted) put(key, { phase: 'failed', failure: failureOf(error) })
  } finally {
    working.delete(key)
  }
}

/** Sends what the server does not have; gives the token. */
async function sent({ key, file, token }: Upload, signal: AbortSignal): Promise<string> {
  const state = await announced(file, token, signal)
  put(key, { token: state.token, sent: state.received_bytes })
  await send(file, state, ({ received_bytes }) => put(key, { sent: received_bytes }), signal)
  return state.token
}

/** Where the upload stands; a file that nobody has touched for long must be announced anew. */
async function announced(file: File, token: string | null, signal: AbortSignal): Promise<UploadState> {
  if (token !== null) {
    try {
      return await untilRead(token, () => undefined, signal)
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 404)) throw error
    }
  }
  return announceUpload(file.name, file.size, signal)
}

/** Throws away what lies at the server; where this does not reach it, it does so by itself after an hour. */
function forget(token: string): void {
  deleteUpload(token).catch(() => undefined)
}

function refusal(answer: UploadState['answer']): Failure {
  const { code, message, notes } = answer ?? { code: null, message: null, notes: [] }
  return { code: code ?? 'unreadable', message: message ?? '', notes, canGoOn: false }
}

function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error)
  const code = error instanceof FileChanged ? 'changed' : error instanceof ApiError ? error.code : 'failed'
  return { code, message, notes: [], canGoOn: isCut(error) }
}

function find(key: number): Upload | undefined {
  return uploadStore.getState().uploads.find((one) => one.key === key)
}

function put(key: number, change: Partial<Upload>): void {
  uploadStore.setState(({ uploads }) => ({
    uploads: uploads.map((one) => (one.key === key ? { ...one, ...change } : one)),
  }))
}
