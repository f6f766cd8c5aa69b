import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import type { Column, DatasetInfo } from '../api/types'
import type { Problem } from '../graph/report'
import { InputBinding } from './InputBinding'

const column = (name: string): Column => ({
  name,
  kind: 'number',
  dtype: 'float32',
  shape: [],
  missing: 0,
  nonfinite: 0,
  unique: null,
  top: [],
  classes: null,
  class_counts: null,
  statistics: null,
  histogram: null,
  earliest: null,
  latest: null,
  ascending: null,
  sizes: [],
  role: 'feature',
})

const dataset: DatasetInfo = {
  id: 'iris',
  title: 'Iris',
  description: '',
  licence: '',
  origin: '',
  task: 'classification',
  rows: { train: 3 },
  columns: ['length', 'width', 'height'].map(column),
  size_bytes: 1,
  fingerprint: '',
  default_inputs: [],
  default_targets: [],
  source: 'package',
  created_at: null,
  version: 1,
  parent: null,
  reading: null,
  notes: [],
}

const problem: Problem = {
  code: 'shape-mismatch',
  severity: 'error',
  message: 'Bind two columns.',
  node: null,
  port: null,
  parameter: null,
  recipe: ['data', 'inputs', 'measures'],
  line: null,
  inside: [],
  fixes: [],
}

function show(bound: string[]) {
  const chosen: string[][] = []
  const end = { id: 'n1', name: 'measures', shape: [2], dtype: 'float32' }
  render(
    <InputBinding
      end={end}
      dataset={dataset}
      bound={bound}
      problems={[problem]}
      onChange={(columns) => chosen.push(columns)}
    />,
  )
  return chosen
}

it('adds a column at its place in the dataset', async () => {
  const chosen = show(['height'])
  await userEvent.click(screen.getByRole('button', { name: 'length' }))
  expect(chosen).toEqual([['length', 'height']])
})

it('says whether the shapes on both sides fit', () => {
  show(['length', 'width'])
  expect(screen.getByRole('img', { name: 'The shapes fit' })).toBeTruthy()
})

it('shows a problem at the Input that it is about', () => {
  show(['length'])
  const note = screen.getByText('Bind two columns.').closest('[role="group"]')
  expect(note?.getAttribute('aria-label')).toBe('Columns for Input measures')
})

it('says that the shapes do not fit', () => {
  show(['length'])
  expect(screen.getByRole('img', { name: 'The shapes do not fit' })).toBeTruthy()
})
