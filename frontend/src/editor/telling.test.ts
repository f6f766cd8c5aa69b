import { expect, test } from 'vitest'
import type { JsonObject } from '../graph/json'
import { telling } from './telling'

const words = (type: string, config: JsonObject) => telling({ id: 'n1', type, config }, undefined)

test.each([
  [words('Dense', { units: 200, activation: 'relu' }), '200 · relu'],
  [words('Conv2D', { filters: 32, kernel_size: [3, 3], activation: 'relu' }), '32 · 3×3 · relu'],
  [words('Rescaling', { scale: 1 / 255 }), '× 1/255'],
  [words('Rescaling', { scale: 2 }), '× 2'],
  [words('Dense', { units: 1, activation: 'linear' }), '1'],
  [words('Bidirectional', { layer: { type: 'LSTM', config: {} } }), 'LSTM'],
  [words('Flatten', {}), ''],
])('%s tells the node apart', (text, expected) => {
  expect(text).toBe(expected)
})
