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

/** The parts of the page that ask for a version; one is made at a time. */
type Asker = 'edits' | 'windows' | 'reading'

interface Work {
  by: Asker
  /** From 0 to 1; null once it has ended. */
  share: number | null
  failure: NotSaved | null
}

/** The making of a version, as one of those who may ask for it sees it. */
export interface Saving {
  save: (edits: readonly Edit[], onSaved?: () => void) => void
  cancel: () => void
  /** Whether a version is being made that this one asked for. */
  isSaving: boolean
  /** Whether a version is being made that another one asked for. */
  isBusy: boolean
  share: number | null
  failure: NotSaved | null
}

/** Gives each asker its view of the one version that is being made. */
export function useSaveVersion(dataset: string): (asker: Asker) => Saving {
  const { t } = useTranslation('data')
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [work, setWork] = useState<Work | null>(null)
  const control = useRef<AbortController | null>(null)
  useEffect(() => () => control.current?.abort(), [])

  const make = async (by: Asker, edits: readonly Edit[], signal: AbortSignal, onSaved?: () => void) => {
    const id = await versionOf(dataset, edits, (share) => setWork({ by, share, failure: null }), signal)
    const { title, version } = await getDataset(id)
    await refreshDatasets(queries)
    onSaved?.()
    toast.success(t('edits.saved', { title, version }))
    await navigate(`/data/${id}`)
  }
  const save = (by: Asker, edits: readonly Edit[], onSaved?: () => void) => {
    const { signal } = (control.current = new AbortController())
    setWork({ by, share: 0, failure: null })
    make(by, edits, signal, onSaved)
      .then(() => setWork(null))
      .catch((error: unknown) => {
        setWork(signal.aborted ? null : { by, share: null, failure: toldOf(error) })
      })
  }
  const isUnderWay = work !== null && work.share !== null
  return (asker) => {
    const own = work?.by === asker ? work : null
    return {
      save: (edits, onSaved) => save(asker, edits, onSaved),
      // Ends the work at the server; what was changed is still there to be saved.
      cancel: () => control.current?.abort(),
      isSaving: isUnderWay && own !== null,
      isBusy: isUnderWay && own === null,
      share: own?.share ?? null,
      failure: own?.failure ?? null,
    }
  }
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
