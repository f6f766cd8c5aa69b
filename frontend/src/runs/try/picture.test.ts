import { expect, it } from 'vitest'
import { inverted, pictureShape, pixelsOf } from './picture'

const BYTES = [255, 0, 0, 255, 0, 255, 0, 128]

it('keeps colours, or makes them grey as the eye sees them', () => {
  expect([3, 1, 4].map((channels) => pixelsOf(BYTES, { height: 1, width: 2, channels }))).toEqual([
    [
      [
        [255, 0, 0],
        [0, 255, 0],
      ],
    ],
    [[[76], [150]]],
    [
      [
        [255, 0, 0, 255],
        [0, 255, 0, 128],
      ],
    ],
  ])
})

it('turns dark and light round, not how opaque it is', () => {
  expect(inverted([[[0], [200]], [[10, 20, 30, 40]]] as never)).toEqual([
    [[255], [55]],
    [[245, 235, 225, 40]],
  ])
})

it('knows the size of a picture, and what is none', () => {
  expect([pictureShape([28, 20, 3]), pictureShape([28, 28]), pictureShape([4])]).toEqual([
    { height: 28, width: 20, channels: 3 },
    { height: 28, width: 28, channels: 1 },
    null,
  ])
})
