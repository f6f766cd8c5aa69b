/** The sets that are being fetched, whatever page is shown: what each is at, and why one could not be fetched. */

import { createStore } from 'zustand/vanilla'
import { beginDownload } from '../../api/datasets'
import type { UploadState } from '../../api/types'
import { deleteUpload } from '../../api/uploads'
import { untilRead } from '../upload/sending'

export interface Download {
  /** Null until the server has begun. */
  progress: UploadState['progress']
  /** Why there is nothing; null while it is under way. */
  failure: string | null
}

interface Downloads {
  /** By the name of the set. */
  downloads: Readonly<Record<string, Download>>
}

export const downloadStore = createStore<Downloads>(() => ({ downloads: {} }))

const working = new Map<string, AbortController>()

export const downloadActions = {
  /** Begins to fetch a set; `onDone` hears the id of what came of it. */
  begin(name: string, onDone: (dataset: string) => void): void {
    if (working.has(name)) return
    put(name, { progress: null, failure: null })
    void work(name).then((dataset) => dataset !== null && onDone(dataset))
  },
  /** Stops the fetching; also takes away why one failed. */
  cancel(name: string): void {
    working.get(name)?.abort()
    put(name, null)
  },
}

/** The id of the set; null where there is none, with the reason in the store unless nobody waits any more. */
async function work(name: string): Promise<string | null> {
  const control = new AbortController()
  working.set(name, control)
  try {
    const { token } = await beginDownload(name, control.signal)
    const answer = await ended(name, token, control.signal)
    if (answer?.dataset) {
      put(name, null)
      return answer.dataset
    }
    put(name, { progress: null, failure: answer?.message ?? '' })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (!control.signal.aborted) put(name, { progress: null, failure: message })
  } finally {
    if (working.get(name) === control) working.delete(name)
  }
  return null
}

/** What came of it. Ends the work at the server where nobody waits for it any more. */
async function ended(name: string, token: string, signal: AbortSignal): Promise<UploadState['answer']> {
  try {
    const tell = ({ progress }: UploadState) => {
      if (!signal.aborted) put(name, { progress, failure: null })
    }
    return (await untilRead(token, tell, signal)).answer
  } finally {
    // What this does not reach the server sweeps by itself.
    deleteUpload(token).catch(() => undefined)
  }
}

function put(name: string, download: Download | null): void {
  downloadStore.setState(({ downloads }) => {
    const others = Object.entries(downloads).filter(([other]) => other !== name)
    return { downloads: Object.fromEntries(download === null ? others : [...others, [name, download]]) }
  })
}
