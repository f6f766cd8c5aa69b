import { BaseEdge, EdgeLabelRenderer, getBezierPath, getSmoothStepPath, type EdgeProps } from '@xyflow/react'
import { memo } from 'react'
import { cx } from '../ui/cx'
import { formatShape, formatShapeFull } from '../ui/format'
import type { LayerFlowEdge } from './canvasStore'
import styles from './LayerEdge.module.css'
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
  const [path, x, y] = route(props)
  const isFlat = Math.abs(props.sourceY - props.targetY) < FLAT_PX
  const look = cx(styles.wire, problem && styles.bad, selected && styles.selected, takesNode && styles.splice)
  return (
    <>
      <BaseEdge id={id} path={path} className={look} interactionWidth={18} />
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
    </>
  )
})

/** A curve to a node further right; to one further left a path round the row between, so that it crosses no node. */
function route(ends: EdgeProps<LayerFlowEdge>): [path: string, x: number, y: number] {
  const isForward = ends.targetX > ends.sourceX - BACKWARD_PX
  const [path, x, y] = isForward
    ? getBezierPath(ends)
    : getSmoothStepPath({ ...ends, borderRadius: 16, offset: 22 })
  return [path, x, y]
}
