import { useUpdateNodeInternals, type NodeProps } from '@xyflow/react'
import { memo, useEffect, useMemo, type CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { portsOf, shownOutputs, type NodeEntry, type ShownOutput } from '../graph/catalog'
import { blockName, type Node } from '../graph/document'
import { title, typeName } from '../graph/naming'
import { ownerOf } from '../graph/share'
import { useOpened } from '../graph/useDraft'
import type { Problem } from '../graph/report'
import { cx } from '../ui/cx'
import { formatNumber } from '../ui/format'
import { AugmentedStrip } from './AugmentedPictures'
import { isAugmentation } from './augmentation'
import { BoundTarget } from './BoundTarget'
import type { LayerFlowNode } from './canvasStore'
import { categoryColor, categoryOf } from './categories'
import { useEntries, useSeen } from './entries'
import styles from './LayerNode.module.css'
import { LearningRing, NodeLearning } from './NodeLearning'
import { NodeActivation } from './NodeActivation'
import { NodeProblems } from './NodeProblems'
import { InputPorts, OutputPorts } from './Ports'
import { portRows } from './portPlaces'
import { useNodeProblems, useNodeReport, useOutputNames } from './reports'
import { SamplePictures } from './SamplePictures'
import { SharedMark, useIsLit } from './SharedMark'
import { telling } from './telling'
import { useView } from './view'

/** One node on the canvas: name and class, what tells it apart, its parameters, its ports, what is wrong with it. */
export const LayerNode = memo(function LayerNode({ id, data, selected }: NodeProps<LayerFlowNode>) {
  const { node } = data
  const entries = useEntries()
  const problems = useNodeProblems(id)
  const dimmed = useView((view) => view.fitting !== null && !view.fitting.has(id))
  const isLanding = useView((view) => view.landing === id)
  // A node that was only just put down is not told off before it is wired.
  const wired = useSeen((graph) => graph.edges.some((edge) => edge.source === id || edge.target === id))
  const lit = useIsLit(node)
  const ports = portsOf(node.type, entries)
  const outputs = useOutputs(id, ports.outputs)
  useFreshPorts(id, [...ports.inputs.map(({ name }) => name), ...outputs.map((port) => port.id)].join())
  const entry = entries.get(node.type)
  const worst = severity(problems)
  const color = categoryColor(categoryOf(entry ?? { type: node.type, category: '' }))
  return (
    <div
      className={cx(
        styles.node,
        selected && styles.selected,
        worst && styles[worst],
        dimmed && styles.dimmed,
        lit && styles.lit,
        isLanding && styles.landing,
        blockName(node.type) !== null && styles.block,
      )}
      style={{ '--cat': color } as CSSProperties}
    >
      <LearningRing id={id} />
      <span className={styles.bar} aria-hidden="true" />
      <InputPorts node={id} ports={ports.inputs} />
      <Heading node={node} worst={worst} />
      <Detail node={node} entry={entry} />
      <div style={{ height: portRows(Math.max(ports.inputs.length, outputs.length)) }} />
      <OutputPorts node={id} ports={outputs} />
      <NodeLearning id={id} />
      <NodeActivation id={id} />
      {selected && wired && problems.length > 0 && <NodeProblems node={id} problems={problems} />}
    </div>
  )
})

/** The outputs that the node has now; wires keep theirs until they are taken away. */
function useOutputs(id: string, ofType: readonly { name: string }[]): ShownOutput[] {
  const reported = useOutputNames(id)
  const wired = useSeen((graph) =>
    graph.edges
      .flatMap((edge) => (edge.source === id && edge.source_port ? [edge.source_port] : []))
      .join('\u0000'),
  )
  return useMemo(
    () => shownOutputs(ofType, reported, wired === '' ? [] : wired.split('\u0000')),
    [ofType, reported, wired],
  )
}

/** React Flow measures where ports lie only once; new ports must be announced. */
function useFreshPorts(id: string, names: string): void {
  const update = useUpdateNodeInternals()
  useEffect(() => update(id), [id, names, update])
}

function Heading({ node, worst }: { node: Node; worst: Problem['severity'] | null }) {
  const { t } = useTranslation('editor')
  return (
    <div className={styles.heading}>
      <span className={styles.title}>{title(node)}</span>
      {node.name && <span className={styles.type}>{typeName(node.type)}</span>}
      <Repeat node={node} />
      <SharedMark node={node} />
      {worst && (
        <span className={cx(styles.mark, styles[`mark_${worst}`])} role="img" aria-label={t(`node.${worst}`)}>
          !
        </span>
      )}
    </div>
  )
}

/** How often a block is repeated, where it is. */
function Repeat({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const { repeat } = node.config
  if (blockName(node.type) === null || typeof repeat !== 'number' || repeat === 1) return null
  return (
    <span className={styles.repeat} title={t('block.repeat', { count: repeat })}>
      ×{repeat}
    </span>
  )
}

function Detail({ node, entry }: { node: Node; entry: NodeEntry | undefined }) {
  const { t } = useTranslation('editor')
  const report = useNodeReport(node.id)
  const owner = useSeen((graph) => ownerOf(graph, node))
  const isInside = useOpened().length > 0
  // What comes into a block tells the shape of its ports.
  const words = isInside && node.type === 'Input' ? '' : telling(owner, entry)
  return (
    <div className={styles.detail}>
      {node.type === 'Output' && !isInside ? (
        <BoundTarget node={node} />
      ) : (
        <span className={styles.telling} title={words}>
          {words}
        </span>
      )}
      {node.type === 'Input' && !isInside && <SamplePictures node={node} />}
      {isAugmentation(owner.type) && <AugmentedStrip node={node} />}
      {node.type !== 'Input' && node.type !== 'Output' && report && (
        <span title={t('node.parameters', { count: report.parameters })}>
          {formatNumber(report.parameters)}
        </span>
      )}
    </div>
  )
}

function severity(problems: readonly Problem[]): Problem['severity'] | null {
  if (problems.some((problem) => problem.severity === 'error')) return 'error'
  return problems.length > 0 ? 'warning' : null
}
