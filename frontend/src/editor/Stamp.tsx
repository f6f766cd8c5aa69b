import { useEffect, useRef } from 'react'
import type { Cell } from '../api/types'
import { cx } from '../ui/cx'
import styles from './Stamp.module.css'

/** A small picture of nested lists (row, column, channel) of 0 to 255; one channel is grey. */
export function Stamp({ pixels, className }: { pixels: Cell; className?: string | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current) paint(canvas.current, pixels)
  }, [pixels])
  return <canvas ref={canvas} className={cx(styles.stamp, className)} />
}

function paint(canvas: HTMLCanvasElement, pixels: Cell): void {
  const context = canvas.getContext('2d')
  if (!context || !Array.isArray(pixels) || !Array.isArray(pixels[0])) return
  canvas.height = pixels.length
  canvas.width = pixels[0].length
  const image = context.createImageData(canvas.width, canvas.height)
  pixels.flat().forEach((pixel, at) => {
    const channels = Array.isArray(pixel) ? pixel : [pixel]
    for (let channel = 0; channel < 3; channel += 1) {
      image.data[at * 4 + channel] = Number(channels[channel] ?? channels[0])
    }
    image.data[at * 4 + 3] = 255
  })
  context.putImageData(image, 0, 0)
}
