/** A picture of a person's own, brought to the size that a network takes: what Keras's own loading of images does. */

import type { Cell } from '../../api/types'

export interface PictureShape {
  height: number
  width: number
  channels: number
}

/** The size of one sample, or null where it is no picture. */
export function pictureShape(shape: readonly number[]): PictureShape | null {
  const [height, width, channels = 1] = shape
  return height === undefined || width === undefined ? null : { height, width, channels }
}

/** The pixels of a PNG or JPEG file, stretched to the shape. Rejects where the browser can not decode the file. */
export async function readPicture(file: Blob, shape: PictureShape): Promise<Cell> {
  const bitmap = await createImageBitmap(file)
  const canvas = new OffscreenCanvas(shape.width, shape.height)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('no canvas')
  if (shape.channels < 4) {
    // What is transparent shows the page.
    context.fillStyle = '#fff'
    context.fillRect(0, 0, shape.width, shape.height)
  }
  context.imageSmoothingQuality = 'high'
  context.drawImage(bitmap, 0, 0, shape.width, shape.height)
  bitmap.close()
  return pixelsOf(context.getImageData(0, 0, shape.width, shape.height).data, shape)
}

/** Rows of pixels of channels, 0 to 255, from red, green, blue, opacity of each pixel; one channel is their grey. */
export function pixelsOf(bytes: ArrayLike<number>, { height, width, channels }: PictureShape): number[][][] {
  return Array.from({ length: height }, (_row, y) =>
    Array.from({ length: width }, (_pixel, x) => {
      const at = (y * width + x) * 4
      const colours = [0, 1, 2, 3].map((offset) => bytes[at + offset] ?? 0)
      return channels === 1 ? [greyOf(colours)] : colours.slice(0, channels)
    }),
  )
}

function greyOf([red = 0, green = 0, blue = 0]: readonly number[]): number {
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue)
}

/** Dark for light; opacity, the fourth channel, stays. */
export function inverted(cell: Cell): Cell {
  if (!Array.isArray(cell)) return cell
  if (cell.every((item) => typeof item === 'number'))
    return cell.map((level, channel) => (channel < 3 ? 255 - level : level))
  return cell.map(inverted)
}
