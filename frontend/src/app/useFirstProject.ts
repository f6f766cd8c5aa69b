import { useEffect, useState } from 'react'
import { useExamples } from '../api/queries'
import type { Example } from '../api/types'
import { draftActions } from '../graph/draft'
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

export function openExample({ title, graph, recipe }: Example): void {
  openProject({ name: title, graph: placeMissing({ ...graph, name: title }), recipe })
}

function restore(): boolean {
  const project = lastDraft()
  if (project) draftActions.load(project)
  return project !== null
}
