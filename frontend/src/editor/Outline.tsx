import { useTranslation } from 'react-i18next'
import { findNode, type Graph, type Node } from '../graph/document'
import { title } from '../graph/naming'
import { topologicalOrder } from '../graph/topology'
import { useDraft } from '../graph/useDraft'
import { useReport } from '../graph/useReport'
import { cx } from '../ui/cx'
import { formatNumber, formatShape } from '../ui/format'
import { jumpTo } from './actions'
import { categoryColor, categoryOf } from './categories'
import { useEntries } from './entries'
import styles from './Outline.module.css'
import { useView } from './view'

/** The drawing as a list, in the order in which data flows: to read it, and to go to a node without a pointer. */
export function Outline() {
  const { t } = useTranslation('editor')
  const graph = useDraft((draft) => draft.graph)
  const nodes = topologicalOrder(graph).flatMap((id) => findNode(graph, id) ?? [])
  if (nodes.length === 0) return <p className={styles.nothing}>{t('outline.empty')}</p>
  return (
    <ol className={styles.outline} aria-label={t('outline.label')}>
      {nodes.map((node) => (
        <Row key={node.id} node={node} graph={graph} />
      ))}
    </ol>
  )
}

function Row({ node, graph }: { node: Node; graph: Graph }) {
  const { t } = useTranslation('editor')
  const entries = useEntries()
  const selected = useView((view) => view.nodes.includes(node.id))
  const report = useReport()
  const problem = report?.problems.find((one) => one.node === node.id)
  const count = report?.nodes[node.id]?.parameters ?? 0
  const tensors = Object.values(report?.nodes[node.id]?.outputs ?? {})
  const feeding = graph.edges.filter((edge) => edge.target === node.id).map((edge) => edge.source)
  const names = feeding.map((id) => findNode(graph, id)).flatMap((source) => (source ? [title(source)] : []))
  const words = [
    ...(node.name ? [node.type] : []),
    ...(count > 0 ? [t('outline.parameters', { count, number: formatNumber(count) })] : []),
    ...(names.length > 0 ? [t('outline.from', { names: names.join(', ') })] : []),
  ]
  return (
    <li>
      <button
        type="button"
        className={cx(styles.row, selected && styles.selected)}
        aria-current={selected ? 'true' : undefined}
        onClick={() => jumpTo(node.id, null)}
      >
        <span
          className={styles.swatch}
          style={{ background: categoryColor(categoryOf(entries.get(node.type))) }}
          aria-hidden="true"
        />
        <span className={styles.title}>{title(node)}</span>
        <span className={styles.shape}>
          {tensors.map((tensor) => formatShape(tensor.shape, tensor.batched)).join(', ')}
        </span>
        <span className={styles.detail}>{words.join(', ')}</span>
        {problem && <span className={styles.problem}>{problem.message}</span>}
      </button>
    </li>
  )
}
