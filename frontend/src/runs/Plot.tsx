import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Mark, XAxis } from './chartData'
import { usePalette } from './palette'
import styles from './Plot.module.css'
import { drawMarks } from './plotMarks'
import { plotOptions, type PlotLine } from './plotOptions'
import { PlotTip, type Hover } from './PlotTip'

export interface PlotProps {
  /** What is drawn, for those who can not see it. */
  label: string
  x: readonly number[]
  lines: readonly PlotLine[]
  marks?: readonly Mark[]
  axis: XAxis
  log?: boolean
  span?: number | null
}

const NO_MARKS: readonly Mark[] = []

/** Lines over one x axis. The plotting library draws; this owns its life: size, theme, new numbers, the hover. */
export function Plot({ label, x, lines, marks = NO_MARKS, axis, log = false, span = null }: PlotProps) {
  const palette = usePalette()
  const frame = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot | null>(null)
  const drawn = useRef(marks)
  const [hover, setHover] = useState<Hover | null>(null)
  const data = useMemo(() => aligned(x, lines, log), [x, lines, log])
  const newest = useRef(data)
  const shapeKey = JSON.stringify([
    axis,
    log,
    span,
    lines.map(({ label: name, hue, dashed }) => [name, hue, dashed]),
  ])

  const onCursor = useCallback((current: uPlot) => {
    const { idx, left, top } = current.cursor
    setHover(idx == null || left == null || left < 0 ? null : { row: idx, left, top: top ?? 0 })
  }, [])

  useLayoutEffect(() => {
    drawn.current = marks
    newest.current = data
    const current = plot.current
    if (current?.series.length !== data.length) return
    current.setData(data, !isZoomed(current))
    if (isZoomed(current)) current.redraw()
  }, [data, marks])

  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const shape = readShape(shapeKey)
    const colours = shape.lines.map(({ hue }) => palette.hues[hue % palette.hues.length] ?? palette.ink)
    const draw = (made: uPlot) => drawMarks(made, drawn.current, { palette, colours })
    const hooks = { draw: [draw], setCursor: [onCursor] }
    const made = new uPlot(plotOptions(shape, palette, sizeOf(element), hooks), newest.current, element)
    plot.current = made
    const observer = new ResizeObserver(() => made.setSize(sizeOf(element)))
    observer.observe(element)
    return () => {
      observer.disconnect()
      made.destroy()
      plot.current = null
      setHover(null)
    }
  }, [shapeKey, palette, onCursor])

  return (
    <div className={styles.plot} role="img" aria-label={label}>
      <div ref={frame} className={styles.frame} />
      {hover !== null && <PlotTip hover={hover} x={x} lines={lines} axis={axis} />}
    </div>
  )
}

function readShape(key: string): Parameters<typeof plotOptions>[0] {
  const [axis, log, span, lines] = JSON.parse(key) as [
    XAxis,
    boolean,
    number | null,
    [string, number, boolean][],
  ]
  return { axis, log, span, lines: lines.map(([label, hue, dashed]) => ({ label, hue, dashed })) }
}

function sizeOf(element: HTMLElement): { width: number; height: number } {
  return { width: Math.max(80, element.clientWidth), height: Math.max(60, element.clientHeight) }
}

/** A logarithmic axis has no place for zero and below: such numbers are gaps. */
function aligned(x: readonly number[], lines: readonly PlotLine[], log: boolean): uPlot.AlignedData {
  const columns = lines.map(({ cells }) =>
    log ? cells.map((cell) => (cell != null && cell <= 0 ? null : cell)) : cells,
  )
  return [[...x], ...columns]
}

function isZoomed(plot: uPlot): boolean {
  const { min, max } = plot.scales.x ?? {}
  const all = plot.data[0]
  const first = all[0]
  const last = all[all.length - 1]
  if (min == null || max == null || first === undefined || last === undefined) return false
  return min > first || max < last
}
