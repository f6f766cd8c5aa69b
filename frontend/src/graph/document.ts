import type { JsonObject, JsonValue } from './json'
import type { Problem } from './report'

/** One call of a layer. Without a `name` Keras's own default is made from the type. */
export interface Node {
  id: string
  type: string
  name?: string | null
  config: JsonObject
  shares?: string | null
}

/** A wire. A port left out is the only or first one. */
export interface Edge {
  source: string
  target: string
  source_port?: string | null
  target_port?: string | null
}

export interface Block {
  parameters: JsonObject
  graph: Graph
}

export type Point = [number, number]

/** A drawing. Edge order is meaning: a port that takes several tensors takes them in the order of `edges`. */
export interface Graph {
  version: 1
  name: string
  nodes: Node[]
  edges: Edge[]
  blocks: Record<string, Block>
  layout: Record<string, Point>
}

/** A Keras class by name with constructor arguments. */
export interface KerasObject {
  type: string
  config: JsonObject
}

export interface OutputRecipe {
  loss: KerasObject
  loss_weight: number
  metrics: KerasObject[]
  /** Metrics that heed sample and class weights. */
  weighted_metrics?: KerasObject[]
}

/** In which precision layers compute, by Keras's words. */
export type DtypePolicy = 'float32' | 'mixed_float16' | 'mixed_bfloat16' | 'float64'

/** By what rows are held out: by chance alone, or as a column says. */
export type SplitBy = 'random' | 'stratified' | 'group' | 'time' | 'column'

/** How to train: which data feeds which input, what is optimised, for how long. */
export interface Recipe {
  data: {
    dataset: string
    inputs: Record<string, string[]>
    targets: Record<string, string[]>
    validation_fraction: number
    encoding: Record<string, 'index' | 'one_hot'>
    missing: 'refuse' | 'drop' | 'keep'
    split?: { by: SplitBy; column: string | null }
    /** Kept for the end; only of datasets without a test split. */
    test_fraction?: number
    /** A number column that says how much each row counts in the loss. */
    sample_weight?: string | null
  }
  compile: {
    optimizer: KerasObject
    outputs: Record<string, OutputRecipe>
    jit_compile?: 'auto' | boolean
    auto_scale_loss?: boolean
  }
  fit: {
    epochs: number
    batch_size: number
    shuffle: boolean
    /** By the names of the classes; a class that is not there counts 1. */
    class_weight?: Record<string, number> | null
    checkpoint_seconds?: number | null
    /** "all" shares each batch among all GPUs of the machine. */
    devices?: 'one' | 'all'
  }
  callbacks: KerasObject[]
  dtype_policy?: DtypePolicy
  seed: number
}

/** Weights that came with a file and lie at the server: training starts from them. */
export interface StartWeights {
  token: string
  /** The name of the file. */
  file: string
}

/** A checkpoint that training starts from: after `epoch` of a run. */
export interface StartCheckpoint {
  run: number
  epoch: number
}

/** What a person works on: a drawing and how to train it. */
export interface Project {
  id: string
  name: string
  graph: Graph
  recipe: Recipe | null
  weights?: StartWeights | StartCheckpoint | null
  /** What the file that it was opened from could not bring along, until the person dismisses it. */
  importProblems?: readonly Problem[]
}

export function emptyGraph(name = 'Untitled'): Graph {
  return { version: 1, name, nodes: [], edges: [], blocks: {}, layout: {} }
}

const BLOCK = 'block:'

/** The name of the block that a node type calls, or null for every other type. */
export function blockName(type: string): string | null {
  return type.startsWith(BLOCK) ? type.slice(BLOCK.length) : null
}

/** The type of a node that calls this block. */
export function blockType(name: string): string {
  return BLOCK + name
}

export function findNode(graph: Graph, id: string): Node | undefined {
  return graph.nodes.find((node) => node.id === id)
}

/** The wire at the only or first port of that end. */
export function withoutPort(edge: Edge, port: 'source_port' | 'target_port'): Edge {
  const plain = { ...edge }
  if (port === 'source_port') delete plain.source_port
  else delete plain.target_port
  return plain
}

/** A key that tells edges apart, as Keras sees them (the order among equals aside). */
export function edgeKey(edge: Edge): string {
  return [edge.source, edge.source_port ?? '', edge.target, edge.target_port ?? ''].join('\u0000')
}

export function sameEdge(left: Edge, right: Edge): boolean {
  return edgeKey(left) === edgeKey(right)
}

/** An id that is free in this graph: "n" and the first number past the highest. */
export function freeId(graph: Pick<Graph, 'nodes'>): string {
  const numbers = graph.nodes.map((node) => Number(/^n(\d+)$/.exec(node.id)?.[1] ?? 0))
  return `n${Math.max(0, ...numbers) + 1}`
}

export type { JsonObject, JsonValue }
