import { useTranslation } from 'react-i18next'
import { blockName, findNode, type Graph, type Node } from '../graph/document'
import { title, typeName } from '../graph/naming'
import { openedNames, reportPrefix, shownIn } from '../graph/opened'
import { nodePath } from '../graph/report'
import { topologicalOrder } from '../graph/topology'
import { useDraft, useOpened } from '../graph/useDraft'
import { useProblems, useReport } from '../graph/useReport'
import { cx } from '../ui/cx'
import { formatNumber, formatShape } from '../ui/format'
import { jumpInto } from './blockActions'
import { categoryColor, categoryOf } from './categories'
import { useEntries } from './entries'
import styles from './Outline.module.css'
import { useView } from './view'

/** The drawing as a list, in the order in which data flows: to read it, and to go to a node without a pointer. */
export function Outline() {
  const { t } = useTranslation('editor')
  const graph = useDraft((draft) => draft.graph)
  if (graph.nodes.length === 0) return <p className={styles.nothing}>{t('outline.empty')}</p>
  return <Level graph={graph} path={[]} label={t('outline.label')} />
}

/** The nodes of the drawing or of one block; what a block holds stands below it. */
function Level({ graph, path, label }: { graph: Graph; path: readonly string[]; label: string }) {
  const nodes = topologicalOrder(graph).flatMap((id) => findNode(graph, id) ?? [])
  return (
    <ol className={cx(styles.outline, path.length > 0 && styles.inner)} aria-label={label}>
      {nodes.map((node) => (
        <Row key={node.id} node={node} graph={graph} path={path} />
      ))}
    </ol>
  )
}

/** The contents of a block, unless they would hold it again. */
function Contents({ node, path }: { node: Node; path: readonly string[] }) {
  const inner = [...path, node.id]
  const graph = useDraft((draft) =>
    openedNames(draft.graph, inner).length === inner.length ? shownIn(draft.graph, inner) : null,
  )
  return blockName(node.type) !== null && graph && <Level graph={graph} path={inner} label={title(node)} />
}

function Row({ node, graph, path }: { node: Node; graph: Graph; path: readonly string[] }) {
  const { t } = useTranslation('editor')
  const entries = useEntries()
  const ids = [...path, node.id]
  const isShown = useOpened().join() === path.join()
  const selected = useView((view) => view.nodes.includes(node.id)) && isShown
  const report = useReport()
  const problem = useProblems().find((one) => nodePath(one).join() === ids.join())
  const figures = report?.nodes[reportPrefix(path) + node.id]
  const count = figures?.parameters ?? 0
  const tensors = Object.values(figures?.outputs ?? {})
  const feeding = graph.edges.filter((edge) => edge.target === node.id).map((edge) => edge.source)
  const names = feeding.map((id) => findNode(graph, id)).flatMap((source) => (source ? [title(source)] : []))
  const words = [
    ...(node.name ? [typeName(node.type)] : []),
    ...(count > 0 ? [t('outline.parameters', { count, number: formatNumber(count) })] : []),
    ...(names.length > 0 ? [t('outline.from', { names: names.join(', ') })] : []),
  ]
  return (
    <li>
      <button
        type="button"
        className={cx(styles.row, selected && styles.selected)}
        aria-current={selected ? 'true' : undefined}
        onClick={() => jumpInto(ids, null)}
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
      <Contents node={node} path={path} />
    </li>
  )
}
