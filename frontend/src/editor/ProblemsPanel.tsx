import { CheckCircle2, CornerDownRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { findNode, type Graph, type Node } from '../graph/document'
import { title } from '../graph/naming'
import { shownIn } from '../graph/opened'
import { nodePath, type Problem } from '../graph/report'
import { useDraft } from '../graph/useDraft'
import { useCheckState, useReport } from '../graph/useReport'
import { Badge } from '../ui/Badge'
import { EmptyState } from '../ui/EmptyState'
import { Skeleton } from '../ui/Skeleton'
import { jumpInto } from './blockActions'
import { Fixes, ProblemNote } from './ProblemNote'
import styles from './ProblemsPanel.module.css'

/** Everything that is wrong, errors first; a click goes to the place, a button mends it. */
export function ProblemsPanel() {
  const { t } = useTranslation('editor')
  const report = useReport()
  const failure = useCheckState((state) => state.failure)
  if (!report) return failure ? <EmptyState title={t('problems.noAnswer')} text={failure} /> : <Waiting />
  if (report.problems.length === 0) {
    return (
      <EmptyState
        icon={<CheckCircle2 size={28} />}
        title={t('problems.none')}
        text={t('problems.noneText')}
      />
    )
  }
  const sorted = [...report.problems].sort((one, other) => one.severity.localeCompare(other.severity))
  return (
    <ul className={styles.list} aria-label={t('problems.title')}>
      {sorted.map((problem, index) => (
        <li key={`${problem.code}-${index}`} className={styles.row}>
          <Place problem={problem} />
          <ProblemNote problem={{ ...problem, fixes: [] }} />
          <Fixes fixes={problem.fixes} />
        </li>
      ))}
    </ul>
  )
}

/** Where a problem lies, as a button that goes there. */
function Place({ problem }: { problem: Problem }) {
  const { t } = useTranslation('editor')
  const ids = nodePath(problem)
  const nodes = useDraft(useShallow((draft) => nodesAlong(draft.graph, ids)))
  const node = nodes.at(-1)
  if (!node)
    return <span className={styles.place}>{t(problem.recipe ? 'problems.recipe' : 'problems.graph')}</span>
  const field = problem.parameter ?? problem.port
  return (
    <button
      type="button"
      className={styles.place}
      onClick={() => jumpInto(ids.slice(0, nodes.length), problem.parameter)}
    >
      <CornerDownRight size={13} aria-hidden="true" />
      <span className={styles.name}>{nodes.map(title).join(' › ')}</span>
      {field && <code>{field}</code>}
    </button>
  )
}

/** The nodes that lead to a problem, as far as they are still there. */
function nodesAlong(root: Graph, ids: readonly string[]): Node[] {
  const nodes: Node[] = []
  for (const [depth, id] of ids.entries()) {
    const node = findNode(shownIn(root, ids.slice(0, depth)), id)
    if (!node) break
    nodes.push(node)
  }
  return nodes
}

function Waiting() {
  return (
    <div className={styles.waiting}>
      <Skeleton height={24} lines={3} />
    </div>
  )
}

/** How many problems there are, for the tab. */
export function ProblemsBadge() {
  const report = useReport()
  const errors = report?.problems.filter((problem) => problem.severity === 'error').length ?? 0
  const all = report?.problems.length ?? 0
  if (all === 0) return null
  return <Badge tone={errors > 0 ? 'bad' : 'warn'}>{all}</Badge>
}
