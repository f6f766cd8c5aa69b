/** A column that is dropped onto a node of the drawing: which nodes could take it, and what the recipe becomes. */

import type { Column } from '../api/types'
import type { Graph } from '../graph/document'
import { draftActions, draftStore } from '../graph/useDraft'
import { endsOf, joinedShape } from './binding'

/** Words and pictures are nothing that a loss compares an answer with. */
const NO_TARGET = ['text', 'image']

/** The ids of the Input and Output nodes that a column could be bound to. */
export function takersOf(graph: Graph, column: Column): ReadonlySet<string> {
  const outputs = NO_TARGET.includes(column.kind) ? [] : endsOf(graph, 'Output')
  return new Set([...endsOf(graph, 'Input'), ...outputs].map(({ id }) => id))
}

/** What an Input is fed with once a column is dropped onto it: one more where they can be joined, else that one. */
export function boundWith(columns: readonly Column[], bound: readonly string[], name: string): string[] {
  const wanted = new Set([...bound, name])
  const together = columns.filter((column) => wanted.has(column.name))
  const areNumbers = together.every(({ shape }) => shape.length === 0)
  return areNumbers && joinedShape(together) !== null ? together.map((column) => column.name) : [name]
}

/** Binds a column of the drawing's dataset to one of its Input or Output nodes. */
export function bindColumn(columns: readonly Column[], node: string, name: string): void {
  const { graph, recipe } = draftStore.getState()
  if (!recipe) return
  const input = endsOf(graph, 'Input').find(({ id }) => id === node)
  const output = endsOf(graph, 'Output').find(({ id }) => id === node)
  if (input) {
    const bound = boundWith(columns, recipe.data.inputs[input.name] ?? [], name)
    draftActions.setRecipe(['data', 'inputs', input.name], bound)
  } else if (output) {
    draftActions.setRecipe(['data', 'targets', output.name], [name])
  }
}
