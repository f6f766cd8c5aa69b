import { useEffect, useState } from 'react'
import { useExamples } from '../api/queries'
import type { Example } from '../api/types'
import { canvasSize } from '../editor/actions'
import { draftActions } from '../graph/draft'
import { bandInLines } from '../graph/lines'
import { placeMissing } from '../graph/place'
import { lastDraft, openProject } from './drafts'

const FIRST = 'mnist_mlp'

/** Opens what was open last; at a first visit the MNIST example, as soon as the server has given it. */
export function useFirstProject(): boolean {
  const [restored] = useState(restore)
  const { data: examples } = useExamples()
  const [opened, setOpened] = useState(restored)
  useEffect(() => {
    if (opened || !examples) return
    const example = examples.find(({ id }) => id === FIRST) ?? examples[0]
    if (example) openExample(example)
    setOpened(true)
  }, [examples, opened])
  return opened
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
