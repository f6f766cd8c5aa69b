import { Eraser } from 'lucide-react'
import { useCallback, useRef, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'
import type { Ink } from './digit'
import styles from './TryPanel.module.css'

/** Pixels of the pad itself, whatever its size on the page. */
const SIDE = 168
const PEN = SIDE / 11

interface DrawPadProps {
  /** Called after every stroke of the pen, and with null when the pad is wiped. */
  onInk: (ink: Ink | null) => void
  label: string
}

/** A black pad to draw on in white, with the mouse, a pen or a finger. */
export function DrawPad({ onInk, label }: DrawPadProps) {
  const { t } = useTranslation('runs')
  const canvas = useRef<HTMLCanvasElement>(null)
  const pen = useRef<{ x: number; y: number } | null>(null)

  const stroke = useCallback(
    (to: { x: number; y: number }) => {
      const context = canvas.current?.getContext('2d', { willReadFrequently: true })
      if (!context) return
      const from = pen.current ?? to
      context.strokeStyle = '#fff'
      context.lineWidth = PEN
      context.lineCap = context.lineJoin = 'round'
      context.beginPath()
      context.moveTo(from.x, from.y)
      context.lineTo(to.x, to.y)
      context.stroke()
      pen.current = to
      onInk(readInk(context))
    },
    [onInk],
  )

  const down = (event: PointerEvent<HTMLCanvasElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    pen.current = null
    stroke(placeOn(event))
  }
  const move = (event: PointerEvent<HTMLCanvasElement>) => {
    if (pen.current !== null) stroke(placeOn(event))
  }
  const up = () => {
    pen.current = null
  }
  const wipe = () => {
    canvas.current?.getContext('2d')?.clearRect(0, 0, SIDE, SIDE)
    onInk(null)
  }
  return (
    <div className={styles.padFrame}>
      <canvas
        ref={canvas}
        className={styles.pad}
        width={SIDE}
        height={SIDE}
        role="img"
        aria-label={label}
        onPointerDown={down}
        onPointerMove={move}
        onPointerUp={up}
        onPointerCancel={up}
      />
      <Button size="small" look="quiet" icon={<Eraser size={14} aria-hidden="true" />} onClick={wipe}>
        {t('try.clear')}
      </Button>
    </div>
  )
}

function placeOn(event: PointerEvent<HTMLCanvasElement>): { x: number; y: number } {
  const box = event.currentTarget.getBoundingClientRect()
  const scale = SIDE / box.width
  return { x: (event.clientX - box.left) * scale, y: (event.clientY - box.top) * scale }
}

/** The drawing as ink: white strokes on nothing, so how opaque a pixel is says how much ink it holds. */
function readInk(context: CanvasRenderingContext2D): Ink {
  const { data } = context.getImageData(0, 0, SIDE, SIDE)
  const ink = new Float32Array(SIDE * SIDE)
  for (let at = 0; at < ink.length; at += 1) ink[at] = (data[at * 4 + 3] ?? 0) / 255
  return { width: SIDE, height: SIDE, data: ink }
}
