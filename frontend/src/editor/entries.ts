import { useCatalog } from '../api/queries'
import type { Catalog, NodeEntries, NodeEntry, Parameter } from '../graph/catalog'

const shown = { required: false, nullable: false, choices: null, minimum: null, maximum: null, length: null } as const

const shape: Parameter = { ...shown, name: 'shape', kind: 'shape', required: true, default: null, group: 'main', doc: '' }
const dtype: Parameter = { ...shown, name: 'dtype', kind: 'dtype', default: 'float32', group: 'main', doc: '' }

/** The two ends of a graph: no Keras layer classes, so they stand here in case that the catalog leaves them out. */
const ENDS: NodeEntry[] = [
  { type: 'Input', category: 'io', doc: '', parameters: [shape, dtype], inputs: [], outputs: [{ name: 'output' }] },
  {
    type: 'Output',
    category: 'io',
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
