/** Pictures from nested lists to the bytes of a canvas. Pure. */

import type { Cell } from '../api/types'

export interface Picture {
  width: number
  height: number
  /** Red, green, blue, opacity of every pixel, row by row. */
  bytes: Uint8ClampedArray<ArrayBuffer>
}

/** A picture from rows of pixels of channels, 0 to 255; one channel is grey, a fourth is opacity. Null if it is none. */
export function pictureOf(cell: Cell | undefined): Picture | null {
  if (!Array.isArray(cell) || !Array.isArray(cell[0])) return null
  const height = cell.length
  const width = cell[0].length
  const bytes = new Uint8ClampedArray(width * height * 4)
  cell.forEach((row, y) => {
    if (!Array.isArray(row)) return
    row.forEach((pixel, x) => bytes.set(colour(pixel), (y * width + x) * 4))
  })
  return { width, height, bytes }
}

function colour(pixel: Cell): [number, number, number, number] {
  const channels = Array.isArray(pixel) ? pixel.map(Number) : [Number(pixel)]
  const [first = 0, second = first, third = first, opacity = 255] = channels
  return [first, second, third, opacity]
}
