/** Python in a drawing is a program: it runs only after a person has written it here or said that it may. */

import { createStore } from 'zustand/vanilla'
import type { Graph, Node } from './document'
import type { CheckReport, Problem } from './report'

export const PYTHON = 'python'
const CODE = 'code'
const KEY = 'layerloom.trustedCode'
const REMEMBERED = 100
const SAVE_MS = 500

export interface Trust {
  /** Code that may run, the latest last. */
  codes: readonly string[]
}

export const trustStore = createStore<Trust>(() => ({ codes: remembered() }))

let saving: ReturnType<typeof setTimeout> | undefined

export const trustActions = {
  /** Lets this code run, in this browser, from now on. */
  trust(code: string): void {
    const codes = [...trustStore.getState().codes.filter((known) => known !== code), code].slice(-REMEMBERED)
    trustStore.setState({ codes })
    clearTimeout(saving)
    saving = setTimeout(() => localStorage.setItem(KEY, JSON.stringify(codes)), SAVE_MS)
  },
  /** Code that a person changes by typing is as trusted as it was before. */
  follow(before: string, after: string): void {
    if (trustStore.getState().codes.includes(before)) trustActions.trust(after)
  },
}

export function isUntrusted(node: Node): boolean {
  const code = node.config[CODE]
  return node.type === PYTHON && typeof code === 'string' && !trustStore.getState().codes.includes(code)
}

/** The drawing as it may leave this page: code that nobody has approved is left out, also inside blocks. */
export function withheld(graph: Graph): Graph {
  const blocks = Object.entries(graph.blocks)
  const inside = blocks.map(([name, block]) => [name, { ...block, graph: withheld(block.graph) }] as const)
  const isSame = inside.every(([name, block]) => block.graph === graph.blocks[name]?.graph)
  if (isSame && !graph.nodes.some(isUntrusted)) return graph
  return {
    ...graph,
    nodes: graph.nodes.map((node) => (isUntrusted(node) ? withoutCode(node) : node)),
    blocks: isSame ? graph.blocks : Object.fromEntries(inside),
  }
}

/** The server's answer about a withheld drawing: code that was left out is not missing, but not trusted yet. */
export function explained(report: CheckReport, graph: Graph, message: string): CheckReport {
  const untrusted = new Set(graph.nodes.filter(isUntrusted).map((node) => node.id))
  if (untrusted.size === 0) return report
  return {
    ...report,
    problems: report.problems.map((problem) =>
      isMissingCode(problem, untrusted) ? { ...problem, code: 'untrusted-code', message } : problem,
    ),
  }
}

function isMissingCode({ code, parameter, node }: Problem, untrusted: ReadonlySet<string>): boolean {
  return code === 'missing-parameter' && parameter === CODE && node !== null && untrusted.has(node)
}

function withoutCode(node: Node): Node {
  const kept = Object.entries(node.config).filter(([name]) => name !== CODE)
  return { ...node, config: Object.fromEntries(kept) }
}

function remembered(): string[] {
  try {
    const read: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]')
    return Array.isArray(read) ? read.filter((code): code is string => typeof code === 'string') : []
  } catch {
    return [] // what another version or a person left there is no list: nothing is trusted
  }
}
