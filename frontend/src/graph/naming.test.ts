import { expect, test } from 'vitest'
import { layerNames, snakeCase } from './naming'

test.each([
  ['Dense', 'dense'],
  ['MaxPooling2D', 'max_pooling2d'],
  ['Conv2DTranspose', 'conv2d_transpose'],
  ['LSTM', 'lstm'],
  ['PReLU', 'p_re_lu'],
  ['ops.add', 'ops_add'],
])('%s is spelled as Keras spells it', (type, name) => {
  expect(snakeCase(type)).toBe(name)
})

test('an operation and an application are named without their families', () => {
  const names = layerNames({
    nodes: [
      { id: 'n1', type: 'ops.add', config: {} },
      { id: 'n2', type: 'Add', config: {} },
      { id: 'n3', type: 'applications.VGG16', config: {} },
    ],
  })
  expect([...names.values()]).toEqual(['add', 'add_1', 'vgg16'])
})

test('made names are numbered by id and step aside for given ones', () => {
  const node = (id: string, name?: string) => ({ id, type: 'Dense', config: {}, ...(name ? { name } : {}) })
  const names = layerNames({ nodes: [node('n10'), node('n2'), node('n3', 'dense_1')] })
  expect([...names]).toEqual([
    ['n10', 'dense_2'],
    ['n2', 'dense'],
    ['n3', 'dense_1'],
  ])
})
