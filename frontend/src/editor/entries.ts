import { createContext, useContext, useMemo } from 'react'
import { useBlocks, useCatalog } from '../api/queries'
import type { LibraryBlock } from '../api/types'
import { blockEntry } from '../graph/blockEntry'
import type { Catalog, NodeEntries, NodeEntry, Parameter } from '../graph/catalog'
import type { Block, Graph } from '../graph/document'
import type { JsonObject } from '../graph/json'
import { typeName } from '../graph/naming'
import { useDraft, useShown } from '../graph/useDraft'

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

/** A block that can be copied into a drawing, as a node type. */
export interface LibraryEntry extends NodeEntry {
  title: string
  block: Block
}

const LIBRARY = 'library:'

/** The entry's block, if it is one of the library's. */
export function libraryBlock(entry: NodeEntry | undefined): LibraryEntry | null {
  return entry?.type.startsWith(LIBRARY) ? (entry as LibraryEntry) : null
}

/** What a node type is called in lists. */
export function label(entry: NodeEntry): string {
  return libraryBlock(entry)?.title ?? typeName(entry.type)
}

function libraryEntry({ name, title, description, block }: LibraryBlock, entries: NodeEntries): LibraryEntry {
  const entry = blockEntry(name, block, entries, description)
  return { ...entry, type: LIBRARY + name, category: 'Library', title, block }
}

/** The drawing whose nodes are on the screen: null for the draft, with whatever block of it is open. */
export const DrawingSource = createContext<Graph | null>(null)

/** A part of the graph whose nodes are on the screen. */
export function useSeen<T>(selector: (graph: Graph) => T): T {
  const seen = useContext(DrawingSource)
  return useShown((shown) => selector(seen ?? shown))
}

/** Every node type that there is: of Keras, of the drawing's own blocks, of the block library. */
export function useEntries(): NodeEntries {
  const catalog = nodeEntries(useCatalog().data)
  const library = useBlocks().data
  const own = useDraft((draft) => draft.graph.blocks)
  const blocks = useContext(DrawingSource)?.blocks ?? own
  return useMemo(() => withBlocks(catalog, blocks, library), [catalog, blocks, library])
}

const merged = new WeakMap<NodeEntries, { blocks: Graph['blocks']; library: unknown; entries: NodeEntries }>()

/** Asked for by every node on the canvas, made once for all of them. */
function withBlocks(
  catalog: NodeEntries,
  blocks: Graph['blocks'],
  library: LibraryBlock[] | undefined,
): NodeEntries {
  const known = merged.get(catalog)
  if (known?.blocks === blocks && known.library === library) return known.entries
  const own = Object.entries(blocks).map(([name, block]) => blockEntry(name, block, catalog))
  const ready = (library ?? []).map((block) => libraryEntry(block, catalog))
  const entries = new Map([...catalog, ...[...own, ...ready].map((entry) => [entry.type, entry] as const)])
  merged.set(catalog, { blocks, library, entries })
  return entries
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
