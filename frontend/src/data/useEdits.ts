/** The changes of a dataset that are not saved yet, each of which can be taken back. */

import { useState } from 'react'
import { NO_EDITS, type DatasetEdits } from './datasetEdits'

export interface EditsInHand {
  edits: DatasetEdits
  put: (edits: DatasetEdits) => void
  undo: () => void
  discard: () => void
}

export function useEdits(): EditsInHand {
  const [steps, setSteps] = useState<readonly DatasetEdits[]>([])
  return {
    edits: steps.at(-1) ?? NO_EDITS,
    put: (edits) => setSteps((before) => [...before, edits]),
    undo: () => setSteps((before) => before.slice(0, -1)),
    discard: () => setSteps([]),
  }
}
