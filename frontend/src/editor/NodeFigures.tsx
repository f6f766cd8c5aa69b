import { useTranslation } from 'react-i18next'
import { portsOf } from '../graph/catalog'
import { targetPort } from '../graph/connect'
import { findNode, type Node } from '../graph/document'
import { useShown } from '../graph/useDraft'
import { formatBytes, formatNumber, formatShape, formatShapeFull } from '../ui/format'
import { useEntries } from './entries'
import styles from './Inspector.module.css'
import { useNodeReport, useTensor } from './reports'

/** What Keras makes of a node: shape in and out, parameters, memory. */
export function NodeFigures({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const report = useNodeReport(node.id)
  const outputs = Object.entries(report?.outputs ?? {})
  if (!report) return null
  return (
    <dl className={styles.figures}>
      <dt>{t('figures.shape')}</dt>
      <dd>
        <Feeding node={node} />
        {outputs.map(([port, tensor]) => (
          <span
            key={port}
            className={styles.shape}
            title={`${formatShapeFull(tensor.shape, tensor.batched)} ${tensor.dtype}`}
          >
            {formatShape(tensor.shape, tensor.batched)}
          </span>
        ))}
        {outputs.length === 0 && node.type !== 'Output' && (
          <span className={styles.unknown}>{t('figures.unknown')}</span>
        )}
      </dd>
      <dt>{t('figures.parameters')}</dt>
      <dd title={t('figures.trainable', { count: report.trainable_parameters })}>
        {formatNumber(report.parameters)}
        {report.trainable_parameters !== report.parameters && (
          <span className={styles.unknown}>
            {' '}
            {t('figures.ofWhichTrainable', { number: formatNumber(report.trainable_parameters) })}
          </span>
        )}
      </dd>
      {report.activation_bytes > 0 && (
        <>
          <dt>{t('figures.memory')}</dt>
          <dd>{t('figures.perSample', { size: formatBytes(report.activation_bytes) })}</dd>
        </>
      )}
    </dl>
  )
}

/** The shape that flows into the first port, with an arrow to what comes out. */
function Feeding({ node }: { node: Node }) {
  const entries = useEntries()
  const edge = useShown((graph) => {
    const first = portsOf(node.type, entries).inputs[0]?.name
    return graph.edges.find((one) => one.target === node.id && targetPort(one, node, entries) === first)
  })
  const source = useShown((graph) => (edge ? findNode(graph, edge.source) : undefined))
  const port = edge?.source_port ?? (source && portsOf(source.type, entries).outputs[0]?.name) ?? 'output'
  const tensor = useTensor(edge?.source ?? '', port)
  if (!tensor) return null
  return (
    <>
      <span
        className={styles.shape}
        title={`${formatShapeFull(tensor.shape, tensor.batched)} ${tensor.dtype}`}
      >
        {formatShape(tensor.shape, tensor.batched)}
      </span>
      {node.type !== 'Output' && <span className={styles.arrow}>→</span>}
    </>
  )
}
