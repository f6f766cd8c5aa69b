import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { openedStore, reportPrefix } from '../graph/opened'
import { checkStore } from '../graph/checkStore'
import { ReportSource } from './reports'

/** How a node learns: norms of gradients, the share of a weight that a step moves, shares of units. Null: no such number. */
export interface NodeSigns {
  gradient: number | null
  outputGradient: number | null
  updateRatio: number | null
  dead: number | null
  saturated: number | null
}

/** What was found to go wrong at a node, and what to do. */
export interface NodeFinding {
  code: string
  message: string
  advice: string
}

/** What a run tells of the nodes of a drawing, by the paths that reports use. */
export interface Learning {
  signs: ReadonlyMap<string, NodeSigns>
  findings: ReadonlyMap<string, readonly NodeFinding[]>
  /** The smallest and the largest gradient of a wire. */
  span: readonly [number, number] | null
}

export const NO_LEARNING: Learning = { signs: new Map(), findings: new Map(), span: null }

/** What nodes and wires show of a training; nothing where none is looked at. */
export const LearningSource = createContext<Learning>(NO_LEARNING)

const NO_FINDINGS: readonly NodeFinding[] = []

/** The path of a node of the shown graph, as reports and signs spell it. */
export function useKey(id: string): string {
  const isDraft = useContext(ReportSource) === checkStore
  const prefix = useStore(openedStore, ({ path }) => (isDraft ? reportPrefix(path) : ''))
  return prefix + id
}

export function useNodeSigns(id: string): NodeSigns | undefined {
  return useContext(LearningSource).signs.get(useKey(id))
}

export function useNodeFindings(id: string): readonly NodeFinding[] {
  return useContext(LearningSource).findings.get(useKey(id)) ?? NO_FINDINGS
}

/** The gradient that comes back along the wires from a node, and how large it is among all: from 0 to 1, by its logarithm. */
export function useWireGradient(source: string): { norm: number; level: number } | null {
  const { span } = useContext(LearningSource)
  const norm = useNodeSigns(source)?.outputGradient ?? null
  return norm === null || span === null ? null : { norm, level: levelIn(norm, span) }
}

/** Where a positive number lies between two others, by its logarithm: from 0 to 1. */
export function levelIn(value: number, [low, high]: readonly [number, number]): number {
  if (value <= low || low <= 0) return value > low ? 1 : 0
  if (value >= high) return 1
  return Math.log(value / low) / Math.log(high / low)
}

export type Pace = 'slow' | 'healthy' | 'fast'

const HEALTHY_FROM = 1e-4
const HEALTHY_TO = 1e-2

/** What an update ratio means: about 0.001 is healthy, a tenth or ten times of it worth a look. */
export function paceOf(ratio: number): Pace {
  return ratio < HEALTHY_FROM ? 'slow' : ratio > HEALTHY_TO ? 'fast' : 'healthy'
}
