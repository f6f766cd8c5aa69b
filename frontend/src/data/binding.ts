/** Which columns feed which Input and Output, and whether they fit. Pure. */

import type { Cell, Column, Row } from '../api/types'
import type { Graph, Node } from '../graph/document'
import { layerNames } from '../graph/naming'
import type { CheckReport } from '../graph/report'

export interface End {
  id: string
  /** The layer name, by which the recipe speaks of it. */
  name: string
  /** The shape of one sample as the node says it, null for a free size; null where it says none. */
  shape: (number | null)[] | null
  dtype: string
}

/** The Input nodes of a drawing, or its Output nodes, in order. */
export function endsOf(graph: Graph, type: 'Input' | 'Output'): End[] {
  const names = layerNames(graph)
  return graph.nodes
    .filter((node) => node.type === type)
    .map((node) => ({
      id: node.id,
      name: names.get(node.id) ?? node.id,
      shape: statedShape(node),
      dtype: statedType(node),
    }))
}

function statedShape(node: Node): (number | null)[] | null {
  const { shape } = node.config
  if (!Array.isArray(shape)) return null
  return shape.every((size) => size === null || typeof size === 'number') ? shape : null
}

function statedType(node: Node): string {
  return typeof node.config.dtype === 'string' ? node.config.dtype : 'float32'
}

/** The shape of one sample of these columns joined along the last axis, or null where they can not be joined. */
export function joinedShape(columns: readonly Column[]): number[] | null {
  const [first, ...rest] = columns
  if (!first) return null
  if (rest.length === 0) return first.shape.length === 0 ? [1] : first.shape
  const shapes = columns.map((column) => (column.shape.length === 0 ? [1] : column.shape))
  const front = shapes[0]?.slice(0, -1) ?? []
  const alike = shapes.every(
    (shape) => shape.length === front.length + 1 && front.every((size, axis) => shape[axis] === size),
  )
  return alike ? [...front, shapes.reduce((sum, shape) => sum + (shape.at(-1) ?? 0), 0)] : null
}

/** Whether samples of this shape can be fed to an Input of that one: equal sizes, or free ones. */
export function fits(shape: readonly number[], wanted: readonly (number | null)[]): boolean {
  if (wanted.length === 0) return shape.length === 1 && shape[0] === 1
  return (
    shape.length === wanted.length &&
    shape.every((size, axis) => wanted[axis] === null || wanted[axis] === size)
  )
}

/** The columns by these names, in this order; names that the dataset does not have are left out. */
export function columnsNamed(columns: readonly Column[], names: readonly string[]): Column[] {
  const byName = new Map(columns.map((column) => [column.name, column]))
  return names.flatMap((name) => byName.get(name) ?? [])
}

/** These names with one put in at its place in the dataset, or taken out. */
export function toggled(columns: readonly Column[], names: readonly string[], name: string): string[] {
  const wanted = new Set(names)
  if (!wanted.delete(name)) wanted.add(name)
  return columns.map((column) => column.name).filter((one) => wanted.has(one))
}

/** One sample for an Input bound to these columns, in the units of the dataset; null where a cell is empty. */
export function sampleOf(columns: readonly Column[], row: Row, dtype = 'float32'): Cell {
  const [only, ...rest] = columns
  if (only && rest.length === 0 && only.shape.length > 0) return row[only.name] ?? null
  const cells = columns.map((column) => encoded(column, row[column.name] ?? null, dtype))
  return cells.some((cell) => cell === null) ? null : cells.flat()
}

/** A class name as its index, which is what a network is fed with unless it takes text; any other cell as it is. */
function encoded(column: Column, cell: Cell, dtype: string): Cell {
  if (column.classes === null || typeof cell !== 'string' || dtype === 'string') return cell
  const index = column.classes.indexOf(cell)
  return index < 0 ? null : index
}

/** A shape of one sample in a few characters: [28, 28, 1] → "28×28×1", a scalar "1". */
export function formatSample(shape: readonly (number | null)[]): string {
  return shape.length === 0 ? '1' : shape.map((size) => size ?? '?').join('×')
}

/** The shape of one sample that arrives at a node, as the newest report has it; null while it is not known. */
export function shapeInto(graph: Graph, report: CheckReport | null, id: string): (number | null)[] | null {
  const wire = graph.edges.find(({ target }) => target === id)
  const outputs = wire && report?.nodes[wire.source]?.outputs
  if (!outputs) return null
  const tensor = wire.source_port == null ? Object.values(outputs)[0] : outputs[wire.source_port]
  return tensor ? tensor.shape.slice(1) : null
}
