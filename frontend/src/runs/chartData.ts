/** One metric chart's columns, aligned for the plotting library, from a run's series. Pure. */

import { validationName } from './metricNames'
import type { Cell, Columns, Series } from './series'

export type XAxis = 'step' | 'epoch' | 'seconds'

export interface Line {
  label: string
  metric: string
  validation: boolean
  /** Which hue: lines of one metric share it. */
  hue: number
  /** One cell for each x: null is a gap, undefined is passed over. */
  cells: Cell[]
}

export interface Mark {
  x: number
  kind: 'checkpoint' | 'best' | 'not-finite' | 'stopped-early' | 'finding'
}

export interface ChartData {
  x: number[]
  lines: Line[]
  marks: Mark[]
}

export interface ChartChoice {
  metrics: readonly string[]
  axis: XAxis
  /** 0 shows the numbers as they are; towards 1 they follow a longer memory. */
  smoothing: number
}

/** Train lines from steps and epochs, validation lines from epochs, on one x. */
export function chartData(series: Series, { metrics, axis, smoothing }: ChartChoice): ChartData {
  const x = mergedAxis(series, axis)
  const lines = metrics.flatMap((metric, hue) => [
    {
      label: metric,
      metric,
      validation: false,
      hue,
      cells: smooth(trainCells(series, metric, x), smoothing),
    },
    {
      label: validationName(metric),
      metric,
      validation: true,
      hue,
      cells: placed(series.epochs, validationName(metric), axisOf(series.epochs, x)),
    },
  ])
  const drawn = lines.filter((line) => line.cells.some((cell) => cell !== undefined))
  return { x: x.values, lines: drawn, marks: marks(series, drawn, x) }
}

interface MergedAxis {
  axis: XAxis
  values: number[]
  row: Map<number, number>
}

function mergedAxis(series: Series, axis: XAxis): MergedAxis {
  const values = [...new Set([...series.steps[axis], ...series.epochs[axis]])].sort((a, b) => a - b)
  return { axis, values, row: new Map(values.map((value, index) => [value, index])) }
}

function axisOf(columns: Columns, x: MergedAxis): { at: number[]; x: MergedAxis } {
  return { at: columns[x.axis], x }
}

/** A column laid onto the merged axis, undefined where it has no number. */
function placed(columns: Columns, metric: string, { at, x }: { at: number[]; x: MergedAxis }): Cell[] {
  const cells = new Array<Cell>(x.values.length).fill(undefined)
  const column = columns.metrics[metric] ?? []
  column.forEach((value, index) => {
    const row = x.row.get(at[index] ?? Number.NaN)
    if (row !== undefined && value !== undefined) cells[row] = value
  })
  return cells
}

function trainCells(series: Series, metric: string, x: MergedAxis): Cell[] {
  const cells = placed(series.steps, metric, axisOf(series.steps, x))
  placed(series.epochs, metric, axisOf(series.epochs, x)).forEach((value, row) => {
    if (value !== undefined) cells[row] = value
  })
  return cells
}

/** An exponential moving average without the bias towards zero of its first numbers; gaps stay gaps. */
export function smooth(cells: readonly Cell[], weight: number): Cell[] {
  if (weight <= 0) return [...cells]
  let sum = 0
  let total = 0
  return cells.map((cell) => {
    if (cell == null) return cell
    sum = sum * weight + cell * (1 - weight)
    total = total * weight + (1 - weight)
    return sum / total
  })
}

function marks(series: Series, lines: readonly Line[], x: MergedAxis): Mark[] {
  const found: Mark[] = []
  for (const { epoch, best } of series.checkpoints) {
    const at = whereEpoch(series, epoch, x.axis)
    if (at !== undefined) found.push({ x: at, kind: best ? 'best' : 'checkpoint' })
  }
  const early = series.stoppedEarly && whereEpoch(series, series.stoppedEarly.epoch, x.axis)
  if (early != null) found.push({ x: early, kind: 'stopped-early' })
  const drawn = new Set(lines.map(({ label }) => label))
  for (const { metric, epoch } of series.findings) {
    const at = metric !== null && drawn.has(metric) ? whereEpoch(series, epoch ?? 1, x.axis) : undefined
    if (at !== undefined) found.push({ x: at, kind: 'finding' })
  }
  const holes = new Set(
    lines.flatMap((line) => line.cells.flatMap((cell, row) => (cell === null ? [row] : []))),
  )
  for (const row of holes) found.push({ x: x.values[row] ?? 0, kind: 'not-finite' })
  return found
}

function whereEpoch(series: Series, epoch: number, axis: XAxis): number | undefined {
  return series.epochs[axis][series.epochs.epoch.indexOf(epoch)]
}

/** Smallest and largest finite number of these lines, or null where there is none. */
export function extent(lines: readonly Pick<Line, 'cells'>[]): [number, number] | null {
  let low = Infinity
  let high = -Infinity
  for (const { cells } of lines) {
    for (const cell of cells) {
      if (cell == null) continue
      low = Math.min(low, cell)
      high = Math.max(high, cell)
    }
  }
  return low <= high ? [low, high] : null
}

const ROOM = 1.25
const FEW_EPOCHS = 10

/**
 * The epoch at which the axis of a run under way ends: its last one, or a half, a quarter, ... of that while it is far
 * off, so that the first of 500 epochs are more than a stroke at the edge.
 */
export function axisEnd(done: number, epochs: number): number {
  let end = epochs
  while (end / 2 >= Math.max(ROOM * done, FEW_EPOCHS)) end /= 2
  return end
}
