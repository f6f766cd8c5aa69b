import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { StoreApi } from 'zustand/vanilla'
import { checkStore, type CheckState } from '../graph/checkStore'
import type { Edge } from '../graph/document'
import { draftStore } from '../graph/draft'
import { openedStore, reportPrefix } from '../graph/opened'
import { nodePath, type NodeReport, type Problem, type TensorReport } from '../graph/report'

/** Whose report the nodes and wires show: the draft's, or that of a drawing which is only looked at. */
export const ReportSource = createContext<StoreApi<CheckState>>(checkStore)

/** The path of the graph whose nodes are asked about: that of the opened block, unless a drawing is only looked at. */
function usePath(): readonly string[] {
  const isDraft = useContext(ReportSource) === checkStore
  return useStore(openedStore, ({ path }) => (isDraft ? path : DRAWING))
}

const DRAWING: readonly string[] = []

export function useNodeReport(id: string): NodeReport | undefined {
  const prefix = reportPrefix(usePath())
  return useStore(useContext(ReportSource), (state) => state.report?.nodes[prefix + id])
}

/** What is wrong at a node and in the block that it calls, and what their file could not bring along. */
export function useNodeProblems(id: string): Problem[] {
  const path = usePath()
  const source = useContext(ReportSource)
  const here = (problems: readonly Problem[] = []) => problems.filter((problem) => leadsTo(problem, path, id))
  const found = useStore(
    source,
    useShallow((state) => here(state.report?.problems)),
  )
  const kept = useStore(
    draftStore,
    useShallow((draft) => here(source === checkStore ? draft.importProblems : [])),
  )
  return kept.length === 0 ? found : [...found, ...kept]
}

/** Whether a problem lies at this node itself, not inside the block that it calls. */
export function liesAt(problem: Problem, path: readonly string[]): boolean {
  return nodePath(problem).length === path.length + 1
}

function leadsTo(problem: Problem, path: readonly string[], id: string): boolean {
  const ids = nodePath(problem)
  return ids[path.length] === id && path.every((step, index) => ids[index] === step)
}

export function useTensor(node: string, port: string): TensorReport | undefined {
  const prefix = reportPrefix(usePath())
  return useStore(useContext(ReportSource), (state) => {
    const outputs = state.report?.nodes[prefix + node]?.outputs ?? {}
    return outputs[port] ?? (port === FIRST_OUTPUT ? Object.values(outputs)[0] : undefined)
  })
}

/** What the first output is called before anybody knows better. */
const FIRST_OUTPUT = 'output'

/** The names of a node's outputs as they were last computed. */
export function useOutputNames(id: string): string[] {
  const prefix = reportPrefix(usePath())
  return useStore(
    useContext(ReportSource),
    useShallow((state) => Object.keys(state.report?.nodes[prefix + id]?.outputs ?? {})),
  )
}

/** Whether a wire does not fit: a problem of its target lies at its port, or it closes a circle. */
export function useWireProblem(edge: Edge, targetPort: string): Problem | undefined {
  const path = usePath()
  return useStore(useContext(ReportSource), (state) =>
    state.report?.problems.find(
      (problem) =>
        problem.severity === 'error' &&
        liesAt(problem, path) &&
        leadsTo(problem, path, edge.target) &&
        liesOn(problem, targetPort),
    ),
  )
}

const WHOLE_NODE = /cycle|rank|shape/

function liesOn(problem: Problem, targetPort: string): boolean {
  if (problem.port !== null) return problem.port === targetPort && problem.code !== 'missing-input'
  return problem.parameter === null && WHOLE_NODE.test(problem.code)
}
