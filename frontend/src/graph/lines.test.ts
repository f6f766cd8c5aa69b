import { expect, test } from 'vitest'
import { inLines, type Box } from './lines'

const screen = { width: 870, height: 590 }
const band = (count: number): Box[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `n${index + 1}`,
    x: index * 220,
    y: 0,
    width: 164,
    height: 54,
  }))

test('a short band stays one line', () => {
  expect(inLines(band(2), screen)).toEqual({ n1: [0, 0], n2: [220, 0] })
})

test('a long band is broken into lines that start at the left', () => {
  const places = inLines(band(7), screen)
  expect([places.n4, places.n5, places.n7]).toEqual([
    [660, 0],
    [0, 138],
    [440, 138],
  ])
})

test('nodes of one column stay together', () => {
  const boxes = band(7).flatMap((box) => [box, { ...box, id: `${box.id}b`, y: 100 }])
  const places = inLines(boxes, screen)
  expect(places.n5b?.[0]).toBe(places.n5?.[0])
})
