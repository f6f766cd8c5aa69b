import { useEffect, useState } from 'react'
import { useExamples } from '../api/queries'
import type { Example } from '../api/types'
import { canvasSize } from '../editor/actions'
import { draftActions, draftStore, UNOPENED } from '../graph/draft'
import { bandInLines } from '../graph/lines'
import { placeMissing } from '../graph/place'
import { useDraft } from '../graph/useDraft'
import { lastDraft, openProject } from './drafts'

const FIRST = 'mnist_mlp'

/** Opens what was open last; at a first visit the MNIST example, as soon as the server has given it. */
export function useFirstProject(): boolean {
  const [restored] = useState(restore)
  const opened = useDraft((draft) => draft.id !== UNOPENED)
  const { data: examples } = useExamples()
  useEffect(() => {
    if (!restored && !opened && examples) openFirst(examples)
  }, [examples, opened, restored])
  return opened
}

/** What somebody drew while the server was not there yet is kept, not replaced. */
function openFirst(examples: readonly Example[]): void {
  const draft = draftStore.getState()
  const example = examples.find(({ id }) => id === FIRST) ?? examples[0]
  if (draft.graph.nodes.length === 0 && example) openExample(example)
  else openProject(draft)
}

/** Opens an example as a new draft, broken into lines that suit the screen. */
export function openExample({ title, graph, recipe }: Example): void {
  const drawing = bandInLines(placeMissing({ ...graph, name: title }), canvasSize())
  openProject({ name: title, graph: drawing, recipe })
}

function restore(): boolean {
  const project = lastDraft()
  if (project) draftActions.load(project)
  return project !== null
}
