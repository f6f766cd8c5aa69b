import { expect, test } from 'vitest'
import { givenByBlock, isPretrained } from './application'
import type { JsonObject } from './json'

test.each<[JsonObject, boolean]>([
  [{}, true],
  [{ weights: 'imagenet' }, true],
  [{ weights: null }, false],
])('as in Keras, %j is pretrained: %s', (config, expected) => {
  expect(isPretrained({ id: 'a', type: 'applications.VGG16', config })).toBe(expected)
})

test('arguments that the block around it gives are told apart from those it has itself', () => {
  const config = { alpha: { $parameter: 'width' }, classes: 10 }
  expect(givenByBlock({ id: 'a', type: 'applications.MobileNet', config })).toEqual(['alpha'])
})
