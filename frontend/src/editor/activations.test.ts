import { describe, expect, it } from 'vitest'
import { stripsOf } from './activations'

const none = { maps: [], vectors: [], texts: [] }

describe('the pictures of a node', () => {
  it('lays the maps of a sample side by side, as bright as the largest value of all samples', () => {
    const maps = [
      [[[2, -1]], [[0, null]]],
      [[[1, 1]], [[1, 1]]],
    ]
    const [first, second] = stripsOf({ ...none, kind: 'maps', shape: [1, 2, 2], maps })
    expect([first?.width, first?.height, second?.width]).toEqual([5, 1, 5])
    expect([...(first?.bytes ?? [])]).toEqual(
      [
        [74, 116, 240, 255],
        [222, 106, 52, 128],
        [0, 0, 0, 0],
        [74, 116, 240, 0],
        [214, 40, 190, 255],
      ].flat(),
    )
  })

  it('has a line for a vector and nothing for texts', () => {
    const vectors = [[1, 2, 3]]
    expect(
      stripsOf({ ...none, kind: 'vector', shape: [3], vectors }).map((one) => [one.width, one.height]),
    ).toEqual([[3, 1]])
    expect(stripsOf({ ...none, kind: 'text', shape: [], texts: [['a']] })).toEqual([])
  })
})
