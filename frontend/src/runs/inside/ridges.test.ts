import { describe, expect, it } from 'vitest'
import { ridges, RIDGE_HEIGHT, RIDGE_WIDTH } from './ridges'

const moment = (k: number, edges: number[], counts: number[]) => ({
  k,
  epoch: k + 1,
  histogram: { edges, counts },
})

describe('a ridgeline', () => {
  it('lays all histograms on one axis, the highest over the whole height', () => {
    const { paths, low, high, height } = ridges([moment(0, [0, 1, 2], [4, 0]), moment(1, [0, 2, 4], [2, 2])])
    expect({ low, high, height, keys: paths.map(({ key }) => key) }).toEqual({
      low: '0',
      high: '4',
      height: RIDGE_HEIGHT + 14,
      keys: [0, 1],
    })
    expect(paths[0]?.path).toBe(`M0.0 0 L40.0 -${RIDGE_HEIGHT}.0 L120.0 0.0 L160.0 0 Z`)
    expect(paths[1]?.path.endsWith(`L${RIDGE_WIDTH}.0 0 Z`)).toBe(true)
  })

  it('draws a single value that all have', () => {
    expect(ridges([moment(0, [3, 3], [10])]).paths[0]?.path).toBe(`M0.0 0 L0.0 -${RIDGE_HEIGHT}.0 L0.0 0 Z`)
  })
})
