/** Nested values of a weight as pictures: a matrix of colours, or small pictures of a convolution's filters. Pure. */

import type { Values } from '../../api/types'

export interface Matrix {
  rows: number
  columns: number
  /** Row by row; NaN where a value is not finite. */
  cells: number[]
}

export interface Pixels {
  width: number
  height: number
  bytes: Uint8ClampedArray<ArrayBuffer>
}

/** Colours that stand on a light ground and on a dark one: what is near 0 is transparent. */
const POSITIVE = [74, 116, 240] as const
const NEGATIVE = [222, 106, 52] as const
const NOT_FINITE = [214, 40, 190, 255] as const

/** All values as a table, the last axis along its rows; a table that is taller than wide lies on its side. */
export function matrixOf(values: Values): Matrix & { turned: boolean } {
  const columns = lastAxis(values)
  const cells = flat(values)
  const rows = columns === 0 ? 0 : cells.length / columns
  if (rows <= columns * 1.5) return { rows, columns, cells, turned: false }
  const across = cells.map((_, at) => cells[(at % rows) * columns + Math.floor(at / rows)] ?? NaN)
  return { rows: columns, columns: rows, cells: across, turned: true }
}

/** A matrix as a picture of one pixel a value; `limit` is the size of value that has the full colour. */
export function heatPicture({ rows, columns, cells }: Matrix, limit: number): Pixels {
  const bytes = new Uint8ClampedArray(rows * columns * 4)
  cells.forEach((value, at) => bytes.set(heat(value, limit), at * 4))
  return { width: columns, height: rows, bytes }
}

function heat(value: number, limit: number): readonly number[] {
  if (!Number.isFinite(value)) return NOT_FINITE
  const share = limit > 0 ? Math.min(1, Math.abs(value) / limit) : 0
  return [...(value < 0 ? NEGATIVE : POSITIVE), Math.round(share * 255)]
}

export interface Kernels {
  /** One picture a filter. */
  pictures: Pixels[]
  /** Whether the three input channels are shown as red, green and blue; else only the first channel is shown. */
  rgb: boolean
}

const MOST_KERNELS = 64

/** The filters of a kernel of shape (height, width, input channels, filters); null for any other. */
export function kernelsOf(values: Values, shape: readonly number[], limit: number): Kernels | null {
  const [height = 0, width = 0, channels = 0] = shape
  if (shape.length !== 4 || height * width < 2 || height > 32 || width > 32) return null
  const rgb = channels === 3
  const filters = Math.min(MOST_KERNELS, lastAxis(values))
  const pictures = Array.from({ length: filters }, (_, filter) => {
    const pixels = grid(values).map((channelsThere) => channelsThere.map((channel) => at(channel, filter)))
    return rgb ? colourPicture(pixels, width, height) : firstChannel(pixels, width, height, limit)
  })
  return { pictures, rgb }
}

/** Pixels, row by row, each with its channels. */
function grid(values: Values): Values[][] {
  const rows = Array.isArray(values) ? values : []
  return rows.flatMap((row) => (Array.isArray(row) ? row.filter((pixel) => Array.isArray(pixel)) : []))
}

function at(values: Values | undefined, index: number): number {
  const value = Array.isArray(values) ? values[index] : values
  return typeof value === 'number' ? value : NaN
}

function firstChannel(pixels: number[][], width: number, height: number, limit: number): Pixels {
  const cells = pixels.map((pixel) => pixel[0] ?? NaN)
  return heatPicture({ rows: height, columns: width, cells }, limit)
}

/** From the smallest value of the filter, black, to its largest. */
function colourPicture(pixels: number[][], width: number, height: number): Pixels {
  const all = pixels.flat().filter(Number.isFinite)
  const least = Math.min(...all)
  const range = Math.max(...all) - least || 1
  const bytes = new Uint8ClampedArray(width * height * 4)
  pixels.forEach((pixel, place) => {
    const [red = 0, green = 0, blue = 0] = pixel.map((value) => ((value - least) / range) * 255)
    bytes.set([red, green, blue, 255], place * 4)
  })
  return { width, height, bytes }
}

function lastAxis(values: Values): number {
  if (!Array.isArray(values)) return 1
  const [first] = values
  return Array.isArray(first) ? lastAxis(first) : values.length
}

function flat(values: Values): number[] {
  if (Array.isArray(values)) return values.flatMap(flat)
  return [values ?? NaN]
}
