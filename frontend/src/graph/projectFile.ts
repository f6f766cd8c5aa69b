import type {
  Edge,
  Graph,
  JsonObject,
  Node,
  Project,
  Recipe,
  StartCheckpoint,
  StartWeights,
} from './document'
import { emptyGraph } from './document'
import { toImportProblems } from './importProblems'
import { placeMissing } from './place'

/** A file that is no project, with the reason in words. */
export class NotAProject extends Error {}

/** A project as it is written to a file: the same shape as `layerloom train` takes. */
export function toFile({ name, graph, recipe }: Pick<Project, 'name' | 'graph' | 'recipe'>): string {
  return `${JSON.stringify({ name, graph, recipe }, null, 2)}\n`
}

/** A project as this browser keeps it: also what it has from the file that it was opened from. */
export function toDraft({
  name,
  graph,
  recipe,
  weights = null,
  importProblems = [],
}: Omit<Project, 'id'>): string {
  return JSON.stringify({ name, graph, recipe, weights, importProblems })
}

/** The project in a file's text: a saved project, or a bare graph document. Throws NotAProject. */
export function fromFile(text: string): Omit<Project, 'id'> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw new NotAProject('json')
  }
  const file = record(value)
  const graph = toGraph('graph' in file ? file.graph : file)
  const name = typeof file.name === 'string' ? file.name : graph.name
  const weights = toWeights(file.weights)
  const importProblems = toImportProblems(file.importProblems)
  return {
    name,
    graph: placeMissing({ ...graph, name }),
    recipe: toRecipe(file.recipe),
    ...(weights && { weights }),
    ...(importProblems.length > 0 && { importProblems }),
  }
}

function toGraph(value: unknown): Graph {
  const { nodes, edges, layout, blocks, name, version } = record(value)
  if (version !== undefined && version !== 1) throw new NotAProject('version')
  if (!Array.isArray(nodes) || !nodes.every(isNode)) throw new NotAProject('nodes')
  const ids = new Set(nodes.map((node) => node.id))
  if (ids.size < nodes.length) throw new NotAProject('ids')
  const wires = edges ?? []
  if (!Array.isArray(wires) || !wires.every((edge) => isEdge(edge, ids))) throw new NotAProject('edges')
  return {
    ...emptyGraph(typeof name === 'string' ? name : undefined),
    nodes: nodes.map(({ id, type, name: title, config, shares }) => ({
      id,
      type,
      ...(title ? { name: title } : {}),
      config,
      ...(shares ? { shares } : {}),
    })),
    edges: wires,
    layout: places(layout, ids),
    blocks: toBlocks(blocks),
  }
}

/** The blocks with a place for every node; those defined inside blocks become the drawing's where the name is free. */
function toBlocks(value: unknown): Graph['blocks'] {
  const blocks: Graph['blocks'] = {}
  for (const [name, block] of Object.entries(isRecord(value) ? value : {})) {
    const { parameters, graph } = record(block)
    const { blocks: inner, ...own } = toGraph(graph)
    for (const [innerName, definition] of Object.entries(inner)) blocks[innerName] ??= definition
    blocks[name] = {
      parameters: isRecord(parameters) ? (parameters as JsonObject) : {},
      graph: placeMissing({ ...own, blocks: {} }),
    }
  }
  return blocks
}

function isNode(value: unknown): value is Node {
  if (!isRecord(value)) return false
  const isNamed = value.name === undefined || value.name === null || typeof value.name === 'string'
  return typeof value.id === 'string' && typeof value.type === 'string' && isRecord(value.config) && isNamed
}

function isEdge(value: unknown, ids: ReadonlySet<string>): value is Edge {
  if (!isRecord(value) || typeof value.source !== 'string' || typeof value.target !== 'string') return false
  return ids.has(value.source) && ids.has(value.target) && value.source !== value.target
}

function places(value: unknown, ids: ReadonlySet<string>): Graph['layout'] {
  if (!isRecord(value)) return {}
  const entries = Object.entries(value).filter(([id, at]) => ids.has(id) && isPoint(at))
  return Object.fromEntries(entries) as Graph['layout']
}

function isPoint(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value.every((number) => Number.isFinite(number))
}

/** A recipe is checked by the server, place by place; here it only has to have its parts. */
function toRecipe(value: unknown): Recipe | null {
  if (value === undefined || value === null) return null
  const { data, compile } = record(value)
  if (!isRecord(data) || !isRecord(compile)) throw new NotAProject('recipe')
  return value as Recipe
}

function toWeights(value: unknown): StartWeights | StartCheckpoint | null {
  if (!isRecord(value)) return null
  const { token, file, run, epoch } = value
  if (typeof token === 'string' && typeof file === 'string') return { token, file }
  return typeof run === 'number' && typeof epoch === 'number' ? { run, epoch } : null
}

function record(value: unknown): Record<string, unknown> {
  if (!isRecord(value)) throw new NotAProject('object')
  return value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
