import {
  NodeToolbar,
  Position,
  useReactFlow,
  type Align,
  type InternalNode,
  type XYPosition,
} from '@xyflow/react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../graph/report'
import styles from './NodeProblems.module.css'
import { ProblemNote } from './ProblemNote'

const NEEDED_HEIGHT_PX = 310
const NEEDED_WIDTH_PX = 270

/** What is wrong with a node, below it on the canvas, each with its ways out. */
export function NodeProblems({ node, problems }: { node: string; problems: readonly Problem[] }) {
  const { t } = useTranslation('editor')
  const flow = useReactFlow()
  const [place] = useState(() => roomiest(flow.getInternalNode(node), flow.flowToScreenPosition))
  return (
    <NodeToolbar nodeId={node} {...place} offset={12} isVisible>
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

interface Place {
  position: Position
  align: Align
}

/** Below the node and to the right, or on the other side where the canvas ends. */
function roomiest(node: InternalNode | undefined, toScreen: (place: XYPosition) => XYPosition): Place {
  const canvas = document.querySelector('.react-flow')?.getBoundingClientRect()
  if (!node || !canvas) return { position: Position.Bottom, align: 'start' }
  const { x, y } = toScreen(node.internals.positionAbsolute)
  return {
    position: canvas.bottom - y < Math.min(NEEDED_HEIGHT_PX, y - canvas.top) ? Position.Top : Position.Bottom,
    align: x + NEEDED_WIDTH_PX > canvas.right ? 'end' : 'start',
  }
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  return problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
}
