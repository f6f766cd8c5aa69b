import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { StoreApi } from 'zustand/vanilla'
import { checkStore, type CheckState } from '../graph/checkStore'
import type { Edge } from '../graph/document'
import type { NodeReport, Problem, TensorReport } from '../graph/report'

/** Whose report the nodes and wires show: the draft's, or that of a drawing which is only looked at. */
export const ReportSource = createContext<StoreApi<CheckState>>(checkStore)

export function useNodeReport(id: string): NodeReport | undefined {
  return useStore(useContext(ReportSource), (state) => state.report?.nodes[id])
}

export function useNodeProblems(id: string): Problem[] {
  return useStore(
    useContext(ReportSource),
    useShallow((state) => state.report?.problems.filter((problem) => problem.node === id) ?? []),
  )
}

export function useTensor(node: string, port: string): TensorReport | undefined {
  return useStore(useContext(ReportSource), (state) => {
    const outputs = state.report?.nodes[node]?.outputs ?? {}
    return outputs[port] ?? (port === FIRST_OUTPUT ? Object.values(outputs)[0] : undefined)
  })
}

/** What the first output is called before anybody knows better. */
const FIRST_OUTPUT = 'output'

/** The names of a node's outputs as they were last computed. */
export function useOutputNames(id: string): string[] {
  return useStore(
    useContext(ReportSource),
    useShallow((state) => Object.keys(state.report?.nodes[id]?.outputs ?? {})),
  )
}

/** Whether a wire does not fit: a problem of its target lies at its port, or it closes a circle. */
export function useWireProblem(edge: Edge, targetPort: string): Problem | undefined {
  return useStore(useContext(ReportSource), (state) =>
    state.report?.problems.find(
      (problem) => problem.severity === 'error' && liesOn(problem, edge, targetPort),
    ),
  )
}

const WHOLE_NODE = /cycle|rank|shape/

function liesOn(problem: Problem, edge: Edge, targetPort: string): boolean {
  if (problem.node !== edge.target) return false
  if (problem.port !== null) return problem.port === targetPort && problem.code !== 'missing-input'
  return problem.parameter === null && WHOLE_NODE.test(problem.code)
}
