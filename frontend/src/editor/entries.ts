import { useCatalog } from '../api/queries'
import type { JsonObject } from '../graph/json'
import type { Catalog, NodeEntries, NodeEntry, Parameter } from '../graph/catalog'

const plain = {
  suggestion: null,
  nullable: false,
  choices: null,
  minimum: null,
  maximum: null,
  length: null,
  list_only: false,
}
const shape: Parameter = {
  ...plain,
  name: 'shape',
  kind: 'shape',
  required: true,
  default: null,
  group: 'main',
  doc: '',
}

/** The two ends of a graph are no Keras layers: they can be drawn before the catalog has arrived. */
const ENDS: NodeEntry[] = [
  {
    type: 'Input',
    category: 'Core',
    doc: '',
    parameters: [shape],
    inputs: [],
    outputs: [{ name: 'output' }],
  },
  {
    type: 'Output',
    category: 'Core',
    doc: '',
    parameters: [],
    inputs: [{ name: 'input', required: true, variadic: false }],
    outputs: [],
  },
]

const NONE: NodeEntries = new Map(ENDS.map((entry) => [entry.type, entry]))
const known = new WeakMap<Catalog, NodeEntries>()

/** Every node type of a catalog by its name, Input and Output first. */
export function nodeEntries(catalog: Catalog | undefined): NodeEntries {
  if (!catalog) return NONE
  let entries = known.get(catalog)
  if (!entries) {
    const all = [...catalog.layers, ...catalog.operations, ...catalog.applications]
    entries = new Map([...NONE, ...all.map((entry) => [entry.type, entry] as const)])
    known.set(catalog, entries)
  }
  return entries
}

export function useEntries(): NodeEntries {
  return nodeEntries(useCatalog().data)
}

/**
 * What a new node starts with: the values that the catalog suggests. An application starts without pretrained weights:
 * they are downloaded, and that is for a person to decide.
 */
export function startingConfig(entry: NodeEntry | undefined): JsonObject {
  const suggested = entry?.parameters.filter(({ suggestion }) => suggestion !== null) ?? []
  const config = Object.fromEntries(suggested.map(({ name, suggestion }) => [name, suggestion]))
  return entry?.type.startsWith('applications.') ? { ...config, weights: null } : config
}
