/** How the plotting library is set up: axes and lines, in the colours of the theme. */

import type uPlot from 'uplot'
import { formatDuration, formatNumber } from '../ui/format'
import type { Cell } from './series'
import type { XAxis } from './chartData'
import type { Palette } from './palette'

export interface PlotLine {
  label: string
  hue: number
  dashed: boolean
  cells: Cell[]
}

export interface PlotShape {
  axis: XAxis
  log: boolean
  /** Where the x axis ends at least, or null where the data decides. */
  span: number | null
  lines: readonly Pick<PlotLine, 'label' | 'hue' | 'dashed'>[]
}

/** The library's number for it; its enum exists in its types only. */
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- an ambient const enum can not be read here
const LOGARITHMIC: uPlot.Scale.Distr = 3
const LINE_WIDTH = 2
const DASHES = [5, 4]
const EPOCH_STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000]
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 36_000, 86_400]

export function formatX(axis: XAxis, x: number): string {
  if (axis === 'seconds') return formatDuration(x)
  return formatNumber(axis === 'epoch' ? Math.round(x * 100) / 100 : Math.round(x))
}

/** A number on the y axis: short, and in tens on a logarithmic one. */
export function formatY(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 1e-3 || size >= 1e5))
    return value.toExponential(0).replace('e+', 'e').replace('-', '−')
  return formatNumber(Number(value.toPrecision(4)), 4)
}

export function plotOptions(
  shape: PlotShape,
  palette: Palette,
  size: { width: number; height: number },
  hooks: uPlot.Hooks.Arrays,
): uPlot.Options {
  return {
    ...size,
    padding: [8, 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, drag: { x: true, y: false }, points: { size: 7 } },
    scales: { x: { time: false, range: xRange(shape.span) }, y: yScale(shape.log) },
    axes: [xAxis(shape.axis, palette), yAxis(palette)],
    series: [{}, ...shape.lines.map((line) => lineOptions(line, palette))],
    hooks,
  }
}

function xRange(span: number | null): uPlot.Range.Function {
  return (plot, low, high) => {
    const zoomed =
      plot.data[0].length > 0 && (low > (plot.data[0][0] ?? low) || high < (plot.data[0].at(-1) ?? high))
    if (zoomed) return [low, high]
    const start = span === null ? low : Math.min(0, low)
    const end = Math.max(span ?? high, high)
    return start === end ? [start - 0.5, end + 0.5] : [start, end]
  }
}

function yScale(log: boolean): uPlot.Scale {
  return log ? { distr: LOGARITHMIC, log: 10 } : { range: { min: { pad: 0.08 }, max: { pad: 0.08 } } }
}

const sharedAxis = (palette: Palette): uPlot.Axis => ({
  stroke: palette.soft,
  font: palette.font,
  ticks: { show: false },
  border: { show: false },
  grid: { stroke: palette.line, width: 1 },
})

function xAxis(axis: XAxis, palette: Palette): uPlot.Axis {
  const steps = axis === 'epoch' ? { incrs: EPOCH_STEPS } : axis === 'seconds' ? { incrs: TIME_STEPS } : {}
  return {
    ...sharedAxis(palette),
    grid: { show: false },
    size: 24,
    gap: 4,
    space: 56,
    values: (_plot, splits) => splits.map((x) => formatX(axis, x)),
    ...steps,
  }
}

function yAxis(palette: Palette): uPlot.Axis {
  return {
    ...sharedAxis(palette),
    size: 46,
    gap: 6,
    space: 26,
    // The library passes null for the splits of a logarithmic axis that get no label.
    values: (_plot, splits) => (splits as (number | null)[]).map((y) => (y === null ? '' : formatY(y))),
  }
}

function lineOptions(line: PlotShape['lines'][number], palette: Palette): uPlot.Series {
  const colour = palette.hues[line.hue % palette.hues.length] ?? palette.ink
  return {
    label: line.label,
    stroke: colour,
    width: LINE_WIDTH,
    points: { show: (plot, index) => fewPoints(plot.data[index]), size: 5, fill: colour },
    ...(line.dashed ? { dash: DASHES } : {}),
  }
}

/** A lone number makes no line: show it as a point. */
function fewPoints(column: ArrayLike<Cell> | undefined): boolean {
  let found = 0
  for (let row = 0; column !== undefined && row < column.length && found < 2; row += 1) {
    if (column[row] != null) found += 1
  }
  return found === 1
}
