import type { Change } from './patch'

/** One click that mends a problem; `parameters_added` is its cost in weights. */
export interface Fix {
  label: string
  parameters_added: number | null
  patch: Change[]
}

/** One thing wrong, pinned to the place at fault: a node (its port or parameter) or a path into the recipe. */
export interface Problem {
  code: string
  severity: 'error' | 'warning'
  message: string
  node: string | null
  port: string | null
  parameter: string | null
  recipe: string[] | null
  /** Where in the code that `parameter` holds, from 1. */
  line: number | null
  /** Where in the block at `node` it lies: repetition, inner node, and so on; the port and parameter are that node's. */
  inside: string[]
  fixes: Fix[]
  /** The file that this came with, where opening one found it rather than a check: it stays until it is dismissed. */
  fromFile?: string
}

/** The ids that lead to the node of a problem, from the drawing inwards, whatever copy it was found in. */
export function nodePath(problem: Pick<Problem, 'node' | 'inside'>): string[] {
  if (problem.node === null) return []
  return [problem.node, ...problem.inside.filter((_, index) => index % 2 === 1)]
}

export interface TensorReport {
  shape: (number | null)[]
  dtype: string
  /** False for a constant, whose shape has no batch axis. */
  batched?: boolean
}

export interface NodeReport {
  outputs: Record<string, TensorReport>
  parameters: number
  trainable_parameters: number
  operations: number
  activation_bytes: number
}

/** What a check says of a drawing. */
export interface CheckReport {
  ready: boolean
  nodes: Record<string, NodeReport>
  parameters: number
  problems: Problem[]
}
