import {
  NodeToolbar,
  Position,
  useReactFlow,
  useViewport,
  type Align,
  type InternalNode,
  type XYPosition,
} from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../graph/report'
import { useOpened } from '../graph/useDraft'
import { cx } from '../ui/cx'
import styles from './NodeProblems.module.css'
import { ProblemNote } from './ProblemNote'

const NEEDED_HEIGHT_PX = 310
const NEEDED_WIDTH_PX = 270
const LEAST_HEIGHT_PX = 120
const OFFSET_PX = 12
/** What the path of opened blocks covers above, with a margin. */
const CRUMBS_PX = 58
/** What the tools in the lower left corner of the canvas cover, with a margin. */
const TOOLS_PX = { width: 220, height: 62 }

/** What is wrong with a node, below it on the canvas, each with its ways out. */
export function NodeProblems({ node, problems }: { node: string; problems: readonly Problem[] }) {
  const { t } = useTranslation('editor')
  const flow = useReactFlow()
  const isInside = useOpened().length > 0
  // Asked for so that the card finds its place anew when the canvas is moved.
  useViewport()
  const { maxHeight, ...place } = roomiest(flow.getInternalNode(node), flow.flowToScreenPosition, isInside)
  return (
    <NodeToolbar nodeId={node} {...place} offset={OFFSET_PX} isVisible>
      <div
        className={cx('nowheel', styles.card)}
        style={{ maxHeight }}
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
  /** As many screen pixels as there are on that side. */
  maxHeight: number
}

/** Below the node and to the right, or on the other side where the canvas ends. */
function roomiest(
  node: InternalNode | undefined,
  toScreen: (place: XYPosition) => XYPosition,
  isInside: boolean,
): Place {
  const canvas = document.querySelector('.react-flow')?.getBoundingClientRect()
  if (!node || !canvas) return { position: Position.Bottom, align: 'start', maxHeight: NEEDED_HEIGHT_PX }
  const { x, y } = node.internals.positionAbsolute
  const start = toScreen({ x, y })
  const end = toScreen({ x: x + (node.measured.width ?? 0), y: y + (node.measured.height ?? 0) })
  const align = start.x + NEEDED_WIDTH_PX > canvas.right ? 'end' : 'start'
  const left = align === 'start' ? start.x : end.x - NEEDED_WIDTH_PX
  const tools = left < canvas.left + TOOLS_PX.width ? TOOLS_PX.height : OFFSET_PX
  const below = canvas.bottom - end.y - OFFSET_PX - tools
  const crumbs = isInside ? CRUMBS_PX : OFFSET_PX
  const above = start.y - canvas.top - OFFSET_PX - crumbs
  const isBelow = below >= Math.min(NEEDED_HEIGHT_PX, above)
  const room = Math.min(NEEDED_HEIGHT_PX, isBelow ? below : above)
  return {
    position: isBelow ? Position.Bottom : Position.Top,
    align,
    maxHeight: Math.max(LEAST_HEIGHT_PX, room),
  }
}

function worst(problems: readonly Problem[]): Problem['severity'] {
  return problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
}
