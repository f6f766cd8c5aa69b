import { expect, it } from 'vitest'
import type { KerasObject, Recipe } from '../graph/document'
import { findCallback, SWITCHES, switched, withArgument } from './callbacks'

const recipe = (callbacks: KerasObject[], validation_fraction = 0.1): Recipe => ({
  data: { dataset: 'd', inputs: {}, targets: {}, validation_fraction, encoding: {}, missing: 'refuse' },
  compile: { optimizer: { type: 'Adam', config: {} }, outputs: {} },
  fit: { epochs: 1, batch_size: 1, shuffle: true },
  callbacks,
  seed: 7,
})

const [early] = SWITCHES as [KerasObject]
const other: KerasObject = { type: 'TerminateOnNaN', config: {} }

it('switches one callback on and off and leaves the others', () => {
  const on = switched(recipe([other]), early, true)
  expect([on, switched(recipe(on), early, false)]).toEqual([[other, early], [other]])
})

it('looks at the training loss where no rows are held out', () => {
  expect(switched(recipe([], 0), early, true)[0]?.config.monitor).toBe('loss')
})

it('finds a callback with its place', () => {
  expect([
    findCallback(recipe([other, early]), 'EarlyStopping'),
    findCallback(recipe([]), 'EarlyStopping'),
  ]).toEqual([{ callback: early, index: 1 }, null])
})

it('takes an argument away so that the default holds', () => {
  expect(withArgument(early, 'patience', undefined).config).toEqual({ restore_best_weights: true })
})
