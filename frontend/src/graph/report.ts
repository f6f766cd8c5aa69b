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
  fixes: Fix[]
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
