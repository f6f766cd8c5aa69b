import { expect, test } from 'vitest'
import type { Point } from './document'
import { makeRoom } from './place'
import { chain } from './testGraph'

const wire = { source: 'a', target: 'c' }
const laidOut = (layout: Record<string, Point>) => ({ ...chain('a', 'b', 'c', 'd'), layout })

test('a node put into a short wire takes the place behind its source, the rest of the row moves on', () => {
  const graph = laidOut({ a: [0, 0], b: [90, 30], c: [220, 0], d: [440, 10], below: [440, 200] })
  expect(makeRoom(graph, 'b', wire).layout).toEqual({
    a: [0, 0],
    b: [220, 0],
    c: [440, 0],
    d: [660, 10],
    below: [440, 200],
  })
})

test('a node put into a long wire stays where it was dropped', () => {
  const graph = laidOut({ a: [0, 0], b: [230, 5], c: [440, 0], d: [660, 0] })
  expect(makeRoom(graph, 'b', wire)).toEqual(graph)
})
