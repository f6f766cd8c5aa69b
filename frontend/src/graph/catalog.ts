import type { JsonValue } from './json'

export type Kind =
  | 'boolean'
  | 'integer'
  | 'number'
  | 'string'
  | 'choice'
  | 'integers'
  | 'numbers'
  | 'strings'
  | 'shape'
  | 'axis'
  | 'dtype'
  | 'activation'
  | 'initializer'
  | 'regularizer'
  | 'constraint'
  | 'layer'
  | 'layers'
  | 'number_or_schedule'
  | 'json'
  | 'code'

/** One constructor argument; bounds are inclusive. */
export interface Parameter {
  name: string
  kind: Kind
  required: boolean
  default: JsonValue
  /** A value to start from where Keras requires one; null where there is none. */
  suggestion: JsonValue
  nullable: boolean
  choices: string[] | null
  minimum: number | null
  maximum: number | null
  length: number | null
  /** One number alone is refused where the kind would take it. */
  list_only: boolean
  group: 'main' | 'initializers' | 'regularizers' | 'general'
  doc: string
}

export interface InputPort {
  name: string
  required: boolean
  variadic: boolean
}

/** One Keras class. */
export interface Entry {
  type: string
  category: string
  doc: string
  parameters: Parameter[]
}

/** One node type: a class with ports. */
export interface NodeEntry extends Entry {
  inputs: InputPort[]
  outputs: { name: string }[]
}

/** Everything the installed Keras offers here. */
export interface Catalog {
  keras: string
  layers: NodeEntry[]
  operations: NodeEntry[]
  applications: NodeEntry[]
  losses: Entry[]
  metrics: Entry[]
  optimizers: Entry[]
  schedules: Entry[]
  callbacks: Entry[]
  initializers: Entry[]
  regularizers: Entry[]
  constraints: Entry[]
  activations: Entry[]
}

/** The node types of a catalog by their name. */
export type NodeEntries = ReadonlyMap<string, NodeEntry>

const ONE_INPUT: InputPort = { name: 'inputs', required: true, variadic: false }

/**
 * The ports of a node type. Before the catalog has arrived, and for types that it does not know, a node shows one port
 * a side, and a wire that names another port keeps it visible.
 */
export function portsOf(type: string, entries: NodeEntries): Pick<NodeEntry, 'inputs' | 'outputs'> {
  const entry = entries.get(type)
  if (entry) return entry
  if (type === 'Input') return { inputs: [], outputs: [{ name: 'output' }] }
  if (type === 'Output') return { inputs: [{ ...ONE_INPUT, name: 'input' }], outputs: [] }
  return { inputs: [ONE_INPUT], outputs: [{ name: 'output' }] }
}
