import type { NodeEntry } from './catalog'
import { emptyGraph, type Edge, type Graph, type Node } from './document'

/** A chain of plain nodes for tests: `chain('a', 'b')` draws a → b. */
export function chain(...ids: string[]): Graph {
  const nodes = ids.map((id): Node => ({ id, type: 'Dense', config: {} }))
  const edges = ids.slice(1).map((target, index): Edge => ({ source: ids[index] ?? '', target }))
  return { ...emptyGraph(), nodes, edges }
}

/** A node type for tests with these ports. */
export function nodeType(
  type: string,
  inputs: NodeEntry['inputs'],
  outputs: string[] = ['output'],
): NodeEntry {
  return {
    type,
    category: 'Core',
    doc: '',
    parameters: [],
    inputs,
    outputs: outputs.map((name) => ({ name })),
  }
}
