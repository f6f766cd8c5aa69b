import { expect, it } from 'vitest'
import { callText, recipeLines } from './describe'

it('writes objects as Python does, the nested ones too', () => {
  const schedule = { type: 'CosineDecay', config: { initial_learning_rate: 0.1, decay_steps: 1000 } }
  expect(
    callText({
      type: 'SGD',
      config: { learning_rate: schedule, nesterov: true, clipnorm: null, name: 'sgd' },
    }),
  ).toBe(
    "SGD(learning_rate=CosineDecay(initial_learning_rate=0.1, decay_steps=1000), nesterov=True, clipnorm=None, name='sgd')",
  )
})

it('tells how a run was trained, output by output where there are several', () => {
  const output = (loss_weight: number) => ({
    loss: { type: 'MeanSquaredError', config: {} },
    loss_weight,
    metrics: [],
  })
  const lines = recipeLines({
    data: {
      dataset: 'd',
      inputs: { x: ['a', 'b'] },
      targets: { y: ['c'], z: ['d'] },
      validation_fraction: 0.125,
      encoding: {},
      missing: 'drop',
    },
    compile: { optimizer: { type: 'Adam', config: {} }, outputs: { y: output(1), z: output(0.5) } },
    fit: { epochs: 3, batch_size: 8, shuffle: true },
    callbacks: [],
    seed: 7,
  })
  expect(lines.map(({ key, of, value }) => [key, of, value])).toEqual([
    ['inputs', 'x', 'a, b'],
    ['targets', 'y', 'c'],
    ['targets', 'z', 'd'],
    ['optimizer', null, 'Adam()'],
    ['loss', 'y', 'MeanSquaredError()'],
    ['loss', 'z', 'MeanSquaredError() × 0.5'],
    ['fit', null, 'epochs=3, batch_size=8, shuffle=True'],
    ['validation', null, '12.5\u2009%'],
    ['seed', null, '7'],
  ])
})
