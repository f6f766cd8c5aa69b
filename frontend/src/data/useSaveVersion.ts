/** Makes the next version of a dataset, tells how far it is, and opens it. */

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { toast } from 'sonner'
import { ApiError } from '../api/apiError'
import { refreshDatasets } from '../api/datasetQueries'
import { beginVersion, getDataset } from '../api/datasets'
import type { Edit, Note } from '../api/types'
import { deleteUpload } from '../api/uploads'
import { untilRead } from './upload/sending'

/** Why there is no new version. */
export interface NotSaved {
  message: string
  notes: readonly Note[]
}

/** `onSaved` is called once the version is there, before it is opened. */
export function useSaveVersion(dataset: string, onSaved?: () => void) {
  const { t } = useTranslation('data')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [share, setShare] = useState<number | null>(null)
  const [failure, setFailure] = useState<NotSaved | null>(null)
  const work = useRef<AbortController | null>(null)
  useEffect(() => () => work.current?.abort(), [])

  const make = async (edits: readonly Edit[], signal: AbortSignal) => {
    const id = await versionOf(dataset, edits, setShare, signal)
    const { title, version } = await getDataset(id)
    await refreshDatasets(queries)
    onSaved?.()
    toast.success(t('edits.saved', { title, version }))
    await navigate(`/data/${id}`)
  }
  const save = (edits: readonly Edit[]) => {
    const control = new AbortController()
    work.current = control
    setShare(0)
    setFailure(null)
    make(edits, control.signal)
      .catch((error: unknown) => {
        if (!control.signal.aborted) setFailure(toldOf(error))
      })
      .finally(() => setShare(null))
  }
  /** Ends the work at the server; what was changed is still there to be saved. */
  const cancel = () => work.current?.abort()
  return { save, cancel, isSaving: share !== null, share, failure }
}

/** The id of the new version. Throws NoVersion where the edits can not be made. */
async function versionOf(
  dataset: string,
  edits: readonly Edit[],
  tell: (share: number) => void,
  signal: AbortSignal,
): Promise<string> {
  const { token } = await beginVersion(dataset, edits, signal)
  try {
    const { answer } = await untilRead(token, ({ progress }) => tell(progress?.done ?? 0), signal)
    if (answer?.dataset) return answer.dataset
    throw new NoVersion(answer?.message ?? '', answer?.notes ?? [])
  } finally {
    // Ends the work where nobody waits for it any more; the server sweeps what this does not reach.
    deleteUpload(token).catch(() => undefined)
  }
}

class NoVersion extends Error {
  readonly notes: readonly Note[]

  constructor(message: string, notes: readonly Note[]) {
    super(message)
    this.notes = notes
  }
}

function toldOf(error: unknown): NotSaved {
  if (error instanceof NoVersion) return error
  const problems = error instanceof ApiError ? error.problems : []
  const notes = problems.map(({ code, message }) => ({ code, message, file: null, row: null, column: null }))
  return { message: error instanceof Error ? error.message : String(error), notes }
}
