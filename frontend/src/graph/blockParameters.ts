/** Parameters of blocks: `{"$parameter": "filters"}` stands for the value that a call of the block gives. */

import type { Block, Graph, JsonObject, JsonValue, Node } from './document'
import { blockType } from './document'
import { isObject } from './json'
import { uniqueName } from './naming'

export const PARAMETER = '$parameter'

/** The name of the block parameter that a value stands for, or null for a plain value. */
export function parameterOf(value: JsonValue | undefined): string | null {
  if (!isObject(value) || Object.keys(value).length !== 1) return null
  const name = value[PARAMETER]
  return typeof name === 'string' ? name : null
}

/** The drawing with a default of a block's parameter set. */
export function setParameter(root: Graph, block: string, name: string, value: JsonValue): Graph {
  return edited(root, block, (found) => ({ ...found, parameters: { ...found.parameters, [name]: value } }))
}

/** The drawing with a block's parameter gone: its default stands where it stood, and calls no longer give it. */
export function unsetParameter(root: Graph, block: string, name: string): Graph {
  const value = root.blocks[block]?.parameters[name]
  if (value === undefined) return root
  const less = edited(root, block, (found) => ({
    parameters: without(found.parameters, name),
    graph: { ...found.graph, nodes: found.graph.nodes.map((node) => filledIn(node, name, value)) },
  }))
  const type = blockType(block)
  const given = (graph: Graph): Graph => ({
    ...graph,
    nodes: graph.nodes.map((node) =>
      node.type === type && name in node.config ? { ...node, config: without(node.config, name) } : node,
    ),
  })
  const blocks = Object.entries(less.blocks).map(([other, found]): [string, Block] => [
    other,
    { ...found, graph: given(found.graph) },
  ])
  return { ...given(less), blocks: Object.fromEntries(blocks) }
}

/** The drawing with an argument of a node in a block made a parameter of the block; `value` is its default. */
export function makeParameter(
  root: Graph,
  block: string,
  id: string,
  argument: string,
  value: JsonValue,
): Graph {
  return edited(root, block, (found) => {
    const taken = new Set([...Object.keys(found.parameters), 'repeat'])
    const name = uniqueName(argument, taken)
    const nodes = found.graph.nodes.map((node) =>
      node.id === id ? { ...node, config: { ...node.config, [argument]: { [PARAMETER]: name } } } : node,
    )
    return { parameters: { ...found.parameters, [name]: value }, graph: { ...found.graph, nodes } }
  })
}

function edited(root: Graph, name: string, edit: (block: Block) => Block): Graph {
  const block = root.blocks[name]
  return block ? { ...root, blocks: { ...root.blocks, [name]: edit(block) } } : root
}

function filledIn(node: Node, name: string, value: JsonValue): Node {
  return { ...node, config: filled(node.config, { [name]: value }) as Node['config'] }
}

/** A value with those parameters put in that `values` has. */
export function filled(value: JsonValue, values: Readonly<Record<string, JsonValue>>): JsonValue {
  const name = parameterOf(value)
  if (name !== null) return values[name] ?? value
  if (Array.isArray(value)) return value.map((item) => filled(item, values))
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item, values)]))
}

function without(record: JsonObject, key: string): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}
