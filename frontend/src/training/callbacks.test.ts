import { expect, it } from 'vitest'
import type { Entry, Parameter } from '../graph/catalog'
import type { KerasObject, Recipe } from '../graph/document'
import { addable, added, withArgument } from './callbacks'

const recipe = (callbacks: KerasObject[], validation_fraction = 0.1): Recipe => ({
  data: { dataset: 'd', inputs: {}, targets: {}, validation_fraction, encoding: {}, missing: 'refuse' },
  compile: { optimizer: { type: 'Adam', config: {} }, outputs: {} },
  fit: { epochs: 1, batch_size: 1, shuffle: true },
  callbacks,
  seed: 7,
})

const entry = (type: string, ...parameters: Partial<Parameter>[]): Entry => ({
  type,
  category: 'Callback',
  doc: '',
  parameters: parameters as Parameter[],
})

const early = entry('EarlyStopping', { name: 'monitor', required: false })
const csv = entry('CSVLogger')
const rates = entry('LearningRateScheduler', { name: 'schedule', required: true, suggestion: [[1, 0.1]] })

it('adds a callback at the end, with arguments that make it useful', () => {
  expect(added(recipe([{ type: 'CSVLogger', config: {} }]), early)).toEqual([
    { type: 'CSVLogger', config: {} },
    { type: 'EarlyStopping', config: { patience: 3, restore_best_weights: true } },
  ])
})

it('looks at the training loss where no rows are held out', () => {
  expect(added(recipe([], 0), early)[0]?.config.monitor).toBe('loss')
})

it('begins with what Keras requires', () => {
  expect(added(recipe([]), rates)).toEqual([
    { type: 'LearningRateScheduler', config: { schedule: [[1, 0.1]] } },
  ])
})

it('offers a callback once where a second one is of no use', () => {
  const there = recipe([
    { type: 'CSVLogger', config: {} },
    { type: 'EarlyStopping', config: {} },
  ])
  expect(addable(there, [csv, early]).map(({ type }) => type)).toEqual(['EarlyStopping'])
})

it('takes an argument away so that the default holds', () => {
  const stopping = { type: 'EarlyStopping', config: { patience: 3, min_delta: 0.1 } }
  expect(withArgument(stopping, 'patience', undefined).config).toEqual({ min_delta: 0.1 })
})
