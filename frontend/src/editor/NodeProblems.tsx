import { NodeToolbar, Position } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../graph/report'
import styles from './NodeProblems.module.css'
import { ProblemNote } from './ProblemNote'

/** What is wrong with a node, below it on the canvas, each with its ways out. */
export function NodeProblems({ node, problems }: { node: string; problems: readonly Problem[] }) {
  const { t } = useTranslation('editor')
  return (
    <NodeToolbar nodeId={node} position={Position.Bottom} align="start" offset={12} isVisible>
      <div className={styles.card} role="group" aria-label={t('problems.title')} data-severity={worst(problems)}>
        {problems.map((problem, index) => (
          <ProblemNote key={`${problem.code}-${index}`} problem={problem} />
        ))}
      </div>
    </NodeToolbar>
  )
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  return problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
}
