import { expect, it } from 'vitest'
import type { Column, DatasetInfo, RunDetail } from '../../api/types'
import { feedsOf, looksLikeDigits, samplesOf } from './feeds'

const column = (name: string, kind: Column['kind'], shape: number[] = []): Column => ({
  name,
  kind,
  dtype: 'float32',
  shape,
  missing: 0,
  nonfinite: 0,
  unique: null,
  top: [],
  classes: kind === 'category' ? ['a', 'b'] : null,
  class_counts: null,
  statistics: null,
  histogram: null,
  earliest: null,
  latest: null,
  ascending: null,
  sizes: [],
  role: null,
})

const dataset = (rows: Record<string, number>, columns: Column[]): DatasetInfo => ({
  id: 'set',
  title: 'Set',
  description: '',
  licence: '',
  origin: '',
  task: 'classification',
  rows,
  columns,
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
})

function run(
  inputs: Record<string, string[]>,
  targets: Record<string, string[]>,
): Pick<RunDetail, 'graph' | 'recipe'> {
  const node = (type: string) => (name: string) => ({ id: name, type, name, config: {} })
  const nodes = [...Object.keys(inputs).map(node('Input')), ...Object.keys(targets).map(node('Output'))]
  return {
    graph: { version: 1, name: 'g', nodes, edges: [], blocks: {}, layout: {} },
    recipe: {
      data: { dataset: 'set', inputs, targets, validation_fraction: 0.1, encoding: {}, missing: 'refuse' },
      compile: { optimizer: { type: 'Adam', config: {} }, outputs: {} },
      fit: { epochs: 1, batch_size: 1, shuffle: true },
      callbacks: [],
      seed: 7,
    },
  }
}

const [picture, width, kind] = [
  column('picture', 'image', [2, 2, 1]),
  column('width', 'number'),
  column('kind', 'category'),
]

it('sees a model that looks at one picture, and takes samples that were never trained on', () => {
  const {
    picture: feed,
    split,
    rows,
  } = feedsOf(
    run({ image: ['picture'] }, { label: ['kind'] }),
    dataset({ train: 9, test: 3 }, [picture, kind]),
  )
  expect([feed?.name, split, rows]).toEqual(['image', 'test', 3])
})

it('takes training rows where nothing else is there, and fills a form for anything but one picture', () => {
  const feeds = feedsOf(
    run({ image: ['picture'], side: ['width'] }, { label: ['kind'] }),
    dataset({ train: 9 }, [picture, width, kind]),
  )
  expect([feeds.picture, feeds.split, feeds.inputs.map(({ name }) => name)]).toEqual([
    null,
    'train',
    ['image', 'side'],
  ])
})

it('makes a batch of one for every Input', () => {
  const { inputs } = feedsOf(
    run({ a: ['width'], b: ['width', 'kind'] }, {}),
    dataset({ train: 1 }, [width, kind]),
  )
  expect(samplesOf(inputs, { width: 2, kind: 'b' })).toEqual({ a: [[2]], b: [[2, 1]] })
})

it('has no sample while a cell is empty', () => {
  const { inputs } = feedsOf(run({ a: ['width'] }, {}), dataset({ train: 1 }, [width]))
  expect(samplesOf(inputs, { width: null })).toBeNull()
})

it('knows the ten digits', () => {
  expect([
    looksLikeDigits('0,1,2,3,4,5,6,7,8,9'.split(',')),
    looksLikeDigits(['cat', 'dog']),
    looksLikeDigits(null),
  ]).toEqual([true, false, false])
})
