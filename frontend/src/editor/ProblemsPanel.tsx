import { CheckCircle2, CornerDownRight, FileWarning } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { title } from '../graph/naming'
import { nodesAlong } from '../graph/opened'
import { nodePath, type Problem } from '../graph/report'
import { draftActions, useDraft } from '../graph/useDraft'
import { useCheckState, useProblems, useReport } from '../graph/useReport'
import { Badge } from '../ui/Badge'
import { Button } from '../ui/Button'
import { EmptyState } from '../ui/EmptyState'
import { Skeleton } from '../ui/Skeleton'
import { jumpInto } from './blockActions'
import { Message, WaysOut } from './ProblemNote'
import styles from './ProblemsPanel.module.css'

/** Everything that is wrong, errors first; a click goes to the place, a button mends it. Then what a file left behind. */
export function ProblemsPanel() {
  const { t } = useTranslation('editor')
  const report = useReport()
  const failure = useCheckState((state) => state.failure)
  const problems = useProblems()
  const kept = problems.filter((problem) => problem.fromFile !== undefined)
  const found = problems.filter((problem) => problem.fromFile === undefined)
  if (!report && !failure && kept.length === 0) return <Waiting />
  if (!report && failure && kept.length === 0)
    return <EmptyState title={t('problems.noAnswer')} text={failure} />
  if (problems.length === 0) {
    return (
      <EmptyState
        icon={<CheckCircle2 size={28} />}
        title={t('problems.none')}
        text={t('problems.noneText')}
      />
    )
  }
  const sorted = found.sort((one, other) => one.severity.localeCompare(other.severity))
  return (
    <>
      {sorted.length > 0 && <List label={t('problems.title')} problems={sorted} />}
      {kept.length > 0 && <FromFile problems={kept} />}
    </>
  )
}

function List({ label, problems }: { label: string; problems: readonly Problem[] }) {
  return (
    <ul className={styles.list} aria-label={label}>
      {problems.map((problem, index) => (
        <li key={`${problem.code}-${index}`} className={styles.row}>
          <Place problem={problem} />
          <Message problem={problem} />
          <WaysOut problem={problem} />
        </li>
      ))}
    </ul>
  )
}

/** What the opened file could not bring along; it stays until it is dismissed. */
function FromFile({ problems }: { problems: readonly Problem[] }) {
  const { t } = useTranslation('editor')
  const title = t('problems.fromFile', { file: problems[0]?.fromFile })
  return (
    <section aria-label={title}>
      <header className={styles.head}>
        <FileWarning size={14} aria-hidden="true" />
        <h3>{title}</h3>
        {problems.length > 1 && (
          <Button look="quiet" size="small" onClick={() => draftActions.dismiss(problems)}>
            {t('problems.dismissAll')}
          </Button>
        )}
      </header>
      <List label={title} problems={problems} />
    </section>
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

function Waiting() {
  return (
    <div className={styles.waiting}>
      <Skeleton height={24} lines={3} />
    </div>
  )
}

/** How many problems there are, for the tab. */
export function ProblemsBadge() {
  const problems = useProblems()
  if (problems.length === 0) return null
  const isWrong = problems.some((problem) => problem.severity === 'error')
  return <Badge tone={isWrong ? 'bad' : 'warn'}>{problems.length}</Badge>
}
