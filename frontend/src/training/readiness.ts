/** Whether the draft can be trained, and if not, why not. Pure. */

import type { CheckState } from '../graph/checkStore'
import type { Project } from '../graph/document'

export type Readiness =
  | { ready: true }
  | { ready: false; because: 'empty' | 'no-dataset' | 'checking' | 'unchecked' }
  | { ready: false; because: 'problems'; count: number; message: string }

export function readinessOf(
  { graph, recipe }: Pick<Project, 'graph' | 'recipe'>,
  { report, checking, failure }: CheckState,
): Readiness {
  if (graph.nodes.length === 0) return { ready: false, because: 'empty' }
  if (recipe === null) return { ready: false, because: 'no-dataset' }
  if (report === null)
    return { ready: false, because: failure === null || checking ? 'checking' : 'unchecked' }
  const errors = report.problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (first) return { ready: false, because: 'problems', count: errors.length, message: first.message }
  return report.ready ? { ready: true } : { ready: false, because: 'unchecked' }
}
