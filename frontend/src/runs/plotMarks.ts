/** What is drawn over the lines: a tick for each checkpoint, a ring for the best, a triangle where something was found,
 * a cross where a number was not finite. */

import type uPlot from 'uplot'
import type { Mark } from './chartData'
import type { Palette } from './palette'

/** Ticks nearer to each other than this, in pixels, say nothing. */
const CLOSEST = 12

export interface Pens {
  palette: Palette
  /** The colour of each line. */
  colours: readonly string[]
}

export function drawMarks(plot: uPlot, marks: readonly Mark[], pens: Pens): void {
  const { palette } = pens
  const { ctx, bbox } = plot
  const unit = devicePixelRatio
  const isCrowded = marks.length * CLOSEST * unit > bbox.width
  ctx.save()
  ctx.lineWidth = 1.5 * unit
  for (const mark of marks) {
    const x = plot.valToPos(mark.x, 'x', true)
    if (x < bbox.left - 1 || x > bbox.left + bbox.width + 1) continue
    if (mark.kind === 'checkpoint' && isCrowded) continue
    if (mark.kind === 'best') drawBest(plot, mark.x, x, pens)
    else if (mark.kind === 'not-finite')
      drawCross(ctx, x, bbox.top + bbox.height - 7 * unit, 4 * unit, palette.bad)
    else if (mark.kind === 'finding') drawTriangle(ctx, x, bbox.top + 6 * unit, 5 * unit, palette.warn)
    else drawTick(ctx, x, bbox, mark.kind === 'stopped-early' ? palette.warn : palette.soft, mark.kind)
  }
  ctx.restore()
}

function drawTick(
  ctx: CanvasRenderingContext2D,
  x: number,
  bbox: uPlot.BBox,
  colour: string,
  kind: Mark['kind'],
): void {
  const bottom = bbox.top + bbox.height
  ctx.strokeStyle = colour
  ctx.setLineDash(kind === 'stopped-early' ? [3 * devicePixelRatio, 3 * devicePixelRatio] : [])
  ctx.beginPath()
  ctx.moveTo(x, bottom)
  ctx.lineTo(x, kind === 'stopped-early' ? bbox.top : bottom - 5 * devicePixelRatio)
  ctx.stroke()
}

function drawCross(ctx: CanvasRenderingContext2D, x: number, y: number, arm: number, colour: string): void {
  ctx.strokeStyle = colour
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.moveTo(x - arm, y - arm)
  ctx.lineTo(x + arm, y + arm)
  ctx.moveTo(x - arm, y + arm)
  ctx.lineTo(x + arm, y - arm)
  ctx.stroke()
}

function drawTriangle(
  ctx: CanvasRenderingContext2D,
  x: number,
  y: number,
  arm: number,
  colour: string,
): void {
  ctx.fillStyle = colour
  ctx.beginPath()
  ctx.moveTo(x, y - arm)
  ctx.lineTo(x + arm, y + arm)
  ctx.lineTo(x - arm, y + arm)
  ctx.fill()
}

/** A ring on every line that has a number there; validation decides, so a dashed line has the word if there is one. */
function drawBest(plot: uPlot, value: number, x: number, { palette, colours }: Pens): void {
  const row = plot.data[0].indexOf(value)
  const rings = plot.series.flatMap((series, index) =>
    index > 0 && plot.data[index]?.[row] != null ? [{ series, index }] : [],
  )
  const judged = rings.filter(({ series }) => series.dash !== undefined)
  const { ctx } = plot
  ctx.setLineDash([])
  for (const { index } of judged.length > 0 ? judged : rings) {
    const y = plot.valToPos(plot.data[index]?.[row] ?? 0, 'y', true)
    ctx.beginPath()
    ctx.arc(x, y, 4.5 * devicePixelRatio, 0, 2 * Math.PI)
    ctx.fillStyle = palette.panel
    ctx.fill()
    ctx.strokeStyle = colours[index - 1] ?? palette.ink
    ctx.lineWidth = 2 * devicePixelRatio
    ctx.stroke()
  }
}
