import { NodeToolbar, Position, useReactFlow, type InternalNode, type XYPosition } from '@xyflow/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../graph/report'
import styles from './NodeProblems.module.css'
import { ProblemNote } from './ProblemNote'

const LOWER_PART = 0.52

/** What is wrong with a node, below it on the canvas, each with its ways out. */
export function NodeProblems({ node, problems }: { node: string; problems: readonly Problem[] }) {
  const { t } = useTranslation('editor')
  const flow = useReactFlow()
  const [position] = useState(() => roomierSide(flow.getInternalNode(node), flow.flowToScreenPosition))
  return (
    <NodeToolbar nodeId={node} position={position} align="start" offset={12} isVisible>
      <div
        className={styles.card}
        role="group"
        aria-label={t('problems.title')}
        data-severity={worst(problems)}
      >
        {problems.map((problem, index) => (
          <ProblemNote key={`${problem.code}-${index}`} problem={problem} />
        ))}
      </div>
    </NodeToolbar>
  )
}

/** Below the node, or above it where it lies in the lower part of the canvas. */
function roomierSide(node: InternalNode | undefined, toScreen: (place: XYPosition) => XYPosition): Position {
  const canvas = document.querySelector('.react-flow')?.getBoundingClientRect()
  if (!node || !canvas) return Position.Bottom
  const { y } = toScreen(node.internals.positionAbsolute)
  return y > canvas.top + canvas.height * LOWER_PART ? Position.Top : Position.Bottom
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  return problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
}
