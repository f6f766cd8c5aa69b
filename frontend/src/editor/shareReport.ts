import { same, type JsonValue } from '../graph/json'
import type { CheckReport, NodeReport } from '../graph/report'

/** The new report, with what is equal to the old one taken from it, so that only what changed is drawn again. */
export function shareReport(old: CheckReport | null, next: CheckReport): CheckReport {
  if (!old) return next
  const nodes = Object.fromEntries(
    Object.entries(next.nodes).map(([id, report]): [string, NodeReport] => [id, kept(old.nodes[id], report)]),
  )
  const problems = next.problems.map(
    (problem) => old.problems.find((other) => equal(other, problem)) ?? problem,
  )
  return { ...next, nodes, problems }
}

function kept<T>(old: T | undefined, next: T): T {
  return old !== undefined && equal(old, next) ? old : next
}

function equal(left: unknown, right: unknown): boolean {
  return same(left as JsonValue, right as JsonValue)
}
