import { expect, test } from 'vitest'
import { nodeLines } from './nodeLines'

const code = `image = keras.Input(shape=(4,), name="image")

hidden = keras.layers.Dense(
    3, name="hidden"
)(image)
dense = keras.layers.Dense(2)(hidden)
tower_layer = keras.layers.Dense(5, name="tower")
tower = tower_layer(dense)
`

test('a statement over several lines is found whole', () => {
  expect(nodeLines(code, 'hidden')).toEqual([{ from: 3, to: 5 }])
})

test('a layer without a written name is found by its variable', () => {
  expect(nodeLines(code, 'dense')).toEqual([{ from: 6, to: 6 }])
})

test('a layer that has a variable of its own is found where it is made and where it is called', () => {
  expect(nodeLines(code, 'tower')).toEqual([
    { from: 7, to: 7 },
    { from: 8, to: 8 },
  ])
})

test('an attribute of a class is found where it is made and where it is called', () => {
  const lines = '        self.층_1 = keras.layers.Dense(2)\n        층_1 = self.층_1(x)'
  expect(nodeLines(lines, '층 1')).toEqual([
    { from: 1, to: 1 },
    { from: 2, to: 2 },
  ])
})

test('a name that is nowhere is not found', () => {
  expect(nodeLines(code, '🙂')).toEqual([])
})
