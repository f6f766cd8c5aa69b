/** A block as a node type: what the catalog says of a layer, said of a block. */

import type { NodeEntries, NodeEntry, Parameter } from './catalog'
import type { Block, Graph, JsonValue, Node } from './document'
import { blockType } from './document'
import { parameterOf } from './blockParameters'
import { layerNames } from './naming'

export interface Ports {
  inputs: string[]
  outputs: string[]
}

/** The ports of a block: the layer names of its Input and Output nodes, in their order. */
export function blockPorts(graph: Graph): Ports {
  const names = layerNames(graph)
  const named = (type: string) =>
    graph.nodes.filter((node) => node.type === type).map((node) => names.get(node.id) ?? node.type)
  return { inputs: named('Input'), outputs: named('Output') }
}

/** The entry of a block; `entries` tell what its parameters take. */
export function blockEntry(name: string, block: Block, entries: NodeEntries, doc = ''): NodeEntry {
  const { inputs, outputs } = blockPorts(block.graph)
  return {
    type: blockType(name),
    category: 'Block',
    doc,
    parameters: [...blockParameters(block, entries), REPEAT],
    inputs: inputs.map((port) => ({ name: port, required: true, variadic: false })),
    outputs: outputs.map((port) => ({ name: port })),
  }
}

/** The parameters of a block, each taking what the argument takes that it is put into. */
export function blockParameters(block: Block, entries: NodeEntries): Parameter[] {
  return Object.entries(block.parameters).map(([name, value]) => {
    const used = argumentOf(block.graph.nodes, name, entries)
    const known = used ?? { ...PLAIN, kind: kindOf(value), nullable: value === null, doc: '' }
    return { ...known, name, default: value, required: false, suggestion: null, group: 'main' }
  })
}

/** The first argument of a node in the block whose value the parameter is. */
function argumentOf(nodes: readonly Node[], name: string, entries: NodeEntries): Parameter | undefined {
  for (const node of nodes) {
    const argument = Object.entries(node.config).find(([, value]) => parameterOf(value) === name)?.[0]
    const found = entries.get(node.type)?.parameters.find((parameter) => parameter.name === argument)
    if (found) return found
  }
  return undefined
}

function kindOf(value: JsonValue): Parameter['kind'] {
  if (typeof value === 'boolean') return 'boolean'
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  return typeof value === 'string' ? 'string' : 'json'
}

const PLAIN = { choices: null, minimum: null, maximum: null, length: null, list_only: false }

const REPEAT: Parameter = {
  ...PLAIN,
  name: 'repeat',
  kind: 'integer',
  required: false,
  default: 1,
  suggestion: null,
  nullable: false,
  minimum: 1,
  group: 'main',
  doc: 'How many copies stand one behind the other, each with weights of its own.',
}
