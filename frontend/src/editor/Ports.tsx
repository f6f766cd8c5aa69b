import { Handle, Position } from '@xyflow/react'
import { useTranslation } from 'react-i18next'
import type { InputPort, ShownOutput } from '../graph/catalog'
import type { TensorReport } from '../graph/report'
import { cx } from '../ui/cx'
import { formatShapeFull } from '../ui/format'
import { portTop } from './portPlaces'
import styles from './Ports.module.css'
import { useTensor } from './reports'

/** Where wires enter. Several ports stand one under the other, each with its name. */
export function InputPorts({ node, ports }: { node: string; ports: readonly InputPort[] }) {
  const { t } = useTranslation('editor')
  return ports.map((port, index) => (
    <Handle
      key={port.name}
      id={port.name}
      type="target"
      position={Position.Left}
      className={cx(styles.port, port.variadic && styles.several, !port.required && styles.optional)}
      style={{ top: portTop(index, ports.length) }}
      title={t(port.variadic ? 'port.several' : port.required ? 'port.input' : 'port.optional', {
        port: port.name,
      })}
      data-node={node}
      data-testid={`in-${port.name}`}
    >
      {ports.length > 1 && <span className={styles.name}>{port.name}</span>}
    </Handle>
  ))
}

/** Where wires leave; the form of a port tells the kind of its numbers. */
export function OutputPorts({ node, ports }: { node: string; ports: readonly ShownOutput[] }) {
  return ports.map((port, index) => (
    <OutputPort
      key={port.id}
      node={node}
      id={port.id}
      name={port.name}
      top={portTop(index, ports.length)}
      named={ports.length > 1}
    />
  ))
}

function OutputPort({
  node,
  id,
  name,
  top,
  named,
}: ShownOutput & { node: string; top: number; named: boolean }) {
  const tensor = useTensor(node, name)
  const spoken = tensor ? `${name} ${formatShapeFull(tensor.shape, tensor.batched)} ${tensor.dtype}` : name
  return (
    <Handle
      id={id}
      type="source"
      position={Position.Right}
      className={cx(styles.port, styles[form(tensor)])}
      style={{ top }}
      title={spoken}
      data-testid={`out-${name}`}
    >
      {named && <span className={cx(styles.name, styles.right)}>{name}</span>}
    </Handle>
  )
}

function form(tensor: TensorReport | undefined): 'float' | 'integer' | 'text' {
  if (!tensor) return 'float'
  if (tensor.dtype === 'string') return 'text'
  return /^u?int|^bool/.test(tensor.dtype) ? 'integer' : 'float'
}
