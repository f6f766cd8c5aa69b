/** A drawing made ready as MNIST's were: its ink scaled into a box and moved so that its weight lies in the middle. Pure. */

/** How dark each pixel is, from 0 to 1, row by row. */
export interface Ink {
  width: number
  height: number
  data: Float32Array
}

/** MNIST's own sizes: the ink fills 20 of the 28 pixels. */
const BOX_SHARE = 20 / 28
const FAINTEST = 0.05

interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** Pixels from 0 to 255, `size` rows of `size`, or null where there is no ink. */
export function centred(ink: Ink, size: number): number[][] | null {
  const box = inkBox(ink)
  if (box === null) return null
  const scale = Math.round(size * BOX_SHARE) / Math.max(box.width, box.height)
  const width = Math.max(1, Math.round(box.width * scale))
  const height = Math.max(1, Math.round(box.height * scale))
  const small = shrunk(ink, box, width, height)
  const { x, y } = weightCentre(small)
  const left = within(Math.round(size / 2 - x), size - width)
  const top = within(Math.round(size / 2 - y), size - height)
  const pixels = Array.from({ length: size }, () => new Array<number>(size).fill(0))
  small.data.forEach((level, at) => {
    const row = pixels[top + Math.floor(at / width)]
    if (row) row[left + (at % width)] = Math.round(level * 255)
  })
  return pixels
}

/** The smallest box around all ink. */
export function inkBox({ width, height, data }: Ink): Box | null {
  let [left, top, right, bottom] = [width, height, -1, -1]
  data.forEach((level, at) => {
    if (level <= FAINTEST) return
    const x = at % width
    const y = Math.floor(at / width)
    left = Math.min(left, x)
    right = Math.max(right, x)
    top = Math.min(top, y)
    bottom = Math.max(bottom, y)
  })
  return right < 0 ? null : { left, top, width: right - left + 1, height: bottom - top + 1 }
}

/** The part inside the box at another size: every pixel is the mean of the area that it covers. */
function shrunk(ink: Ink, box: Box, width: number, height: number): Ink {
  const data = new Float32Array(width * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const left = box.left + (x * box.width) / width
      const top = box.top + (y * box.height) / height
      data[y * width + x] = mean(ink, left, top, left + box.width / width, top + box.height / height)
    }
  }
  return { width, height, data }
}

function mean(ink: Ink, left: number, top: number, right: number, bottom: number): number {
  let sum = 0
  let area = 0
  for (let y = Math.floor(top); y < bottom; y += 1) {
    const tall = Math.min(bottom, y + 1) - Math.max(top, y)
    for (let x = Math.floor(left); x < right; x += 1) {
      const weight = tall * (Math.min(right, x + 1) - Math.max(left, x))
      sum += weight * (ink.data[y * ink.width + x] ?? 0)
      area += weight
    }
  }
  return area > 0 ? sum / area : 0
}

/** Where the ink balances, in pixels from the upper left corner. */
export function weightCentre({ width, height, data }: Ink): { x: number; y: number } {
  let [sum, x, y] = [0, 0, 0]
  data.forEach((level, at) => {
    sum += level
    x += level * ((at % width) + 0.5)
    y += level * (Math.floor(at / width) + 0.5)
  })
  return sum > 0 ? { x: x / sum, y: y / sum } : { x: width / 2, y: height / 2 }
}

function within(value: number, largest: number): number {
  return Math.max(0, Math.min(largest, value))
}

/** The same grey in every channel: rows of pixels of channels, as an image column holds them. */
export function withChannels(pixels: readonly (readonly number[])[], channels: number): number[][][] {
  return pixels.map((row) => row.map((level) => new Array<number>(channels).fill(level)))
}
