import { expect, it } from 'vitest'
import { pictureOf } from './pixels'

it('paints one channel grey and three in colour', () => {
  const picture = pictureOf([[[7], [1, 2, 3]]])
  expect([picture?.width, picture?.height, [...(picture?.bytes ?? [])]]).toEqual([
    2,
    1,
    [7, 7, 7, 255, 1, 2, 3, 255],
  ])
})

it('makes no picture of what is none', () => {
  expect([null, 'text', [1, 2]].map(pictureOf)).toEqual([null, null, null])
})
