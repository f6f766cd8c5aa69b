import { useLayoutEffect, useMemo, useRef } from 'react'
import type { Cell } from '../api/types'
import { cx } from '../ui/cx'
import { pictureOf } from './pixels'
import styles from './Pixels.module.css'

interface PixelsProps {
  cell: Cell | undefined
  /** What is to be seen; without it the picture is only decoration. */
  label?: string
  className?: string | undefined
}

/** A picture of a dataset, pixel by pixel on a canvas; its size on the page is that of its class. */
export function Pixels({ cell, label, className }: PixelsProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const picture = useMemo(() => pictureOf(cell), [cell])
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (picture && context)
      context.putImageData(new ImageData(picture.bytes, picture.width, picture.height), 0, 0)
  }, [picture])
  if (picture === null) return null
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return (
    <canvas
      ref={canvas}
      width={picture.width}
      height={picture.height}
      className={cx(styles.pixels, className)}
      {...spoken}
    />
  )
}
