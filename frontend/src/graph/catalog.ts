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
  | 'rates'
  | 'scalar'
  | 'value'
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
  /** It is an argument of the layer's `call`. */
  of_call?: boolean
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

/** One port where wires leave, as a node shows it: wires name it by `id`, people by `name`. */
export interface ShownOutput {
  id: string
  name: string
}

/**
 * The outputs that a node has with its present config: those of its report, else those of its type; ports that wires
 * name stay visible in any case. A wire that names no port leaves from the first one, whatever it is called.
 */
export function shownOutputs(
  ofType: readonly { name: string }[],
  reported: readonly string[],
  wired: readonly string[],
): ShownOutput[] {
  const names = reported.length > 0 ? reported : ofType.map(({ name }) => name)
  const [first, ...others] = names
  const lost = wired.filter((name) => !names.includes(name) && name !== ofType[0]?.name)
  const all = [...others, ...new Set(lost)].map((name) => ({ id: name, name }))
  if (first === undefined) return all
  return [{ id: wired.includes(first) ? first : (ofType[0]?.name ?? first), name: first }, ...all]
}

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
