import type { Graph, Point } from './document'

export interface Size {
  width: number
  height: number
}

export interface Box extends Size {
  id: string
  x: number
  y: number
}

const COLUMN_GAP = 56
const LINE_GAP = 84
const MOST_LINES = 12
/** What a node takes before it is drawn. */
const USUAL: Size = { width: 164, height: 54 }
/** A further line must make the drawing this much larger. */
const WORTH_A_LINE = 1.15

/** Places on a band that runs to the right, broken into lines like a text, so that it is shown as large as it can be. */
export function inLines(boxes: readonly Box[], screen: Size): Record<string, Point> {
  const columns = toColumns(boxes)
  const tries = Array.from({ length: Math.min(MOST_LINES, columns.length) }, (_, index) =>
    broken(columns, index + 1),
  )
  const best = tries.reduce((one, other) =>
    zoom(other, screen) > zoom(one, screen) * WORTH_A_LINE ? other : one,
  )
  return Object.fromEntries(
    best.flat().map((box): [string, Point] => [box.id, [Math.round(box.x), Math.round(box.y)]]),
  )
}

/** A drawing that runs in one band, broken into lines that suit the screen. */
export function bandInLines(graph: Graph, screen: Size): Graph {
  const boxes = graph.nodes.map(({ id }) => {
    const [x, y] = graph.layout[id] ?? [0, 0]
    return { id, x, y, ...USUAL }
  })
  return boxes.length === 0 ? graph : { ...graph, layout: inLines(boxes, screen) }
}

/** The boxes by column: one begins where all boxes before have ended. */
function toColumns(boxes: readonly Box[]): Box[][] {
  const columns: Box[][] = []
  let end = -Infinity
  for (const box of [...boxes].sort((one, other) => one.x - other.x)) {
    const last = columns.at(-1)
    if (last && box.x < end) last.push(box)
    else columns.push([box])
    end = Math.max(end, box.x + box.width)
  }
  return columns
}

/** The columns in so many lines, each line below the one before and starting at the left. */
function broken(columns: readonly Box[][], lines: number): Box[][] {
  const each = Math.ceil(columns.length / lines)
  const result: Box[][] = []
  let top = 0
  for (let at = 0; at < columns.length; at += each) {
    const line = columns.slice(at, at + each).flat()
    const left = Math.min(...line.map((box) => box.x))
    const upper = Math.min(...line.map((box) => box.y))
    result.push(line.map((box) => ({ ...box, x: box.x - left, y: box.y - upper + top })))
    top += Math.max(...line.map((box) => box.y + box.height)) - upper + LINE_GAP
  }
  return result
}

function zoom(lines: readonly Box[][], screen: Size): number {
  const all = lines.flat()
  const width = Math.max(...all.map((box) => box.x + box.width)) + COLUMN_GAP
  const height = Math.max(...all.map((box) => box.y + box.height)) + LINE_GAP / 2
  return Math.min(1, screen.width / width, screen.height / height)
}
