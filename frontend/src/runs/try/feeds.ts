/** What the Inputs and Outputs of a run are bound to, as needed to try its model. Pure. */

import type { Column, DatasetInfo, Row, RunDetail, Samples } from '../../api/types'
import { columnsNamed, endsOf, sampleOf } from '../../data/binding'

export interface Feed {
  /** Layer name of the Input or Output. */
  name: string
  dtype: string
  columns: Column[]
}

export interface Feeds {
  inputs: Feed[]
  targets: Feed[]
  /** The one picture that the model looks at, if that is all it takes. */
  picture: Feed | null
  /** The rows to take samples from: those never trained on if there are any. */
  split: string
  rows: number
}

export function feedsOf(run: Pick<RunDetail, 'graph' | 'recipe'>, dataset: DatasetInfo): Feeds {
  const { data } = run.recipe
  const bound = (type: 'Input' | 'Output', columns: Record<string, string[]>): Feed[] =>
    endsOf(run.graph, type).map(({ name, dtype }) => ({
      name,
      dtype,
      columns: columnsNamed(dataset.columns, columns[name] ?? []),
    }))
  const inputs = bound('Input', data.inputs)
  const [only, ...others] = inputs
  const isPicture = others.length === 0 && only?.columns.length === 1 && only.columns[0]?.kind === 'image'
  const split = dataset.rows.test === undefined ? 'train' : 'test'
  return {
    inputs,
    targets: bound('Output', data.targets),
    picture: isPicture ? only : null,
    split,
    rows: dataset.rows[split] ?? 0,
  }
}

/** One sample for every Input, or null while a cell is empty. */
export function samplesOf(inputs: readonly Feed[], row: Row): Samples | null {
  const samples: Samples = {}
  for (const { name, columns, dtype } of inputs) {
    const sample = sampleOf(columns, row, dtype)
    if (sample === null) return null
    samples[name] = [sample]
  }
  return samples
}

/** Whether the classes are the ten digits, so that drawing one makes sense. */
export function looksLikeDigits(classes: readonly string[] | null | undefined): boolean {
  return classes?.length === 10 && classes.every((name, index) => name === String(index))
}
