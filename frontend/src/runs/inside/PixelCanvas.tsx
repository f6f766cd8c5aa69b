import { useLayoutEffect, useRef, type PointerEventHandler } from 'react'
import type { Pixels } from './values'

interface PixelCanvasProps {
  pixels: Pixels
  label?: string
  className?: string | undefined
  onPointerMove?: PointerEventHandler<HTMLCanvasElement>
  onPointerLeave?: () => void
}

/** Pixels as they are; how large they are shown is a matter of the class. */
export function PixelCanvas({ pixels, label, ...rest }: PixelCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useLayoutEffect(() => {
    const { width, height, bytes } = pixels
    canvas.current?.getContext('2d')?.putImageData(new ImageData(bytes, width, height), 0, 0)
  }, [pixels])
  const spoken = label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label }
  return <canvas ref={canvas} width={pixels.width} height={pixels.height} {...spoken} {...rest} />
}
