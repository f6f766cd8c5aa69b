import { expect, it } from 'vitest'
import { heatPicture, kernelsOf, matrixOf } from './values'

it('lays a matrix out row by row', () => {
  expect(
    matrixOf([
      [1, 2],
      [3, 4],
    ]),
  ).toEqual({ rows: 2, columns: 2, cells: [1, 2, 3, 4], turned: false })
})

it('lays a tall matrix on its side', () => {
  expect(
    matrixOf([
      [1, 2],
      [3, 4],
      [5, 6],
      [7, null],
    ]),
  ).toEqual({
    rows: 2,
    columns: 4,
    cells: [1, 3, 5, 7, 2, 4, 6, NaN],
    turned: true,
  })
})

it('lays all axes but the last under each other', () => {
  const { rows, columns, cells } = matrixOf([
    [
      [1, 2, 3],
      [4, 5, 6],
    ],
  ])
  expect({ rows, columns, cells }).toEqual({ rows: 2, columns: 3, cells: [1, 2, 3, 4, 5, 6] })
})

it('shows a bias as one row', () => {
  expect(matrixOf([1, 2, 3])).toEqual({ rows: 1, columns: 3, cells: [1, 2, 3], turned: false })
})

it('gives the full colour to the limit, none to zero, and its own to what is not finite', () => {
  const { bytes } = heatPicture({ rows: 1, columns: 4, cells: [2, -1, 0, NaN] }, 2)
  expect([...bytes]).toEqual([74, 116, 240, 255, 222, 106, 52, 128, 74, 116, 240, 0, 214, 40, 190, 255])
})

it('shows filters on three channels in their colours', () => {
  const kernels = kernelsOf(
    [
      [
        [[0], [1], [2]],
        [[4], [4], [4]],
      ],
    ],
    [1, 2, 3, 1],
    1,
  )
  expect({ rgb: kernels?.rgb, bytes: [...(kernels?.pictures[0]?.bytes ?? [])] }).toEqual({
    rgb: true,
    bytes: [0, 64, 128, 255, 255, 255, 255, 255],
  })
})

it('shows the first channel of filters on any other number of channels', () => {
  const kernels = kernelsOf(
    [
      [
        [
          [1, -1],
          [9, 9],
        ],
        [
          [0, 2],
          [9, 9],
        ],
      ],
    ],
    [1, 2, 2, 2],
    2,
  )
  expect({ rgb: kernels?.rgb, opacity: kernels?.pictures.map(({ bytes }) => [bytes[3], bytes[7]]) }).toEqual({
    rgb: false,
    opacity: [
      [128, 0],
      [128, 255],
    ],
  })
})

it('has no filters for a matrix', () => {
  expect(
    kernelsOf(
      [
        [1, 2],
        [3, 4],
      ],
      [2, 2],
      1,
    ),
  ).toBeNull()
})
