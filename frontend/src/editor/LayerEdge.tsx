import { BaseEdge, EdgeLabelRenderer, getBezierPath, getSmoothStepPath, type EdgeProps } from '@xyflow/react'
import { memo, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx'
import { formatNumber, formatShape, formatShapeFull } from '../ui/format'
import type { LayerFlowEdge } from './canvasStore'
import styles from './LayerEdge.module.css'
import { useWireGradient } from './learning'
import { shortNumber } from './NodeLearning'
import { useTensor, useWireProblem } from './reports'
import { useView } from './view'

const FLAT_PX = 24
const LABEL_LIFT_PX = 11
const BACKWARD_PX = 20

/** A wire with the shape that flows in it; red and dashed where it does not fit. */
export const LayerEdge = memo(function LayerEdge(props: EdgeProps<LayerFlowEdge>) {
  const { id, source, sourceHandleId, targetHandleId, data, selected } = props
  const tensor = useTensor(source, sourceHandleId ?? 'output')
  const problem = useWireProblem(data?.edge ?? { source, target: props.target }, targetHandleId ?? '')
  const takesNode = useView((view) => view.splice === id)
  const gradient = useWireGradient(source)
  const [path, x, y] = route(props)
  const isFlat = Math.abs(props.sourceY - props.targetY) < FLAT_PX
  const look = cx(
    styles.wire,
    gradient && styles.learning,
    problem && styles.bad,
    selected && styles.selected,
    takesNode && styles.splice,
  )
  return (
    <>
      <BaseEdge
        id={id}
        path={path}
        className={look}
        style={thickness(gradient?.level)}
        interactionWidth={18}
      />
      {tensor && (
        <EdgeLabelRenderer>
          <div
            className={cx('layer-shape', styles.shape, problem && styles.badShape)}
            style={{
              transform: `translate(-50%, -50%) translate(${x}px, ${y - (isFlat ? LABEL_LIFT_PX : 0)}px)`,
            }}
            title={problem?.message ?? `${formatShapeFull(tensor.shape, tensor.batched)} ${tensor.dtype}`}
          >
            {formatShape(tensor.shape, tensor.batched)}
          </div>
        </EdgeLabelRenderer>
      )}
      {gradient && (
        <Gradient norm={gradient.norm} x={x} y={y + (isFlat ? LABEL_LIFT_PX : 2 * LABEL_LIFT_PX)} />
      )}
    </>
  )
})

/** The norm of the gradient that comes back along a wire, under its shape. */
function Gradient({ norm, x, y }: { norm: number; x: number; y: number }) {
  const { t } = useTranslation('editor')
  return (
    <EdgeLabelRenderer>
      <div
        className={cx('layer-shape', styles.shape)}
        style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
        title={t('learning.gradient', { norm: formatNumber(norm) })}
      >
        ∇ {shortNumber(norm)}
      </div>
    </EdgeLabelRenderer>
  )
}

/** A wire is as thick, and as far from grey, as its gradient is large. */
function thickness(level: number | undefined): CSSProperties {
  return level === undefined
    ? {}
    : ({ '--level': `${Math.round(level * 100)}%`, '--thick': `${1.5 + 4.5 * level}px` } as CSSProperties)
}

/** A curve to a node further right; to one further left a path round the row between, so that it crosses no node. */
function route(ends: EdgeProps<LayerFlowEdge>): [path: string, x: number, y: number] {
  const isForward = ends.targetX > ends.sourceX - BACKWARD_PX
  const [path, x, y] = isForward
    ? getBezierPath(ends)
    : getSmoothStepPath({ ...ends, borderRadius: 16, offset: 22 })
  return [path, x, y]
}
