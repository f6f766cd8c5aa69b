import { Layers2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { findNode, type Node } from '../graph/document'
import { title } from '../graph/naming'
import { sharedGroups } from '../graph/share'
import { useSeen } from './entries'
import styles from './LayerNode.module.css'
import { useView } from './view'

/** Says on a node with whom it shares its layer; nothing where it does not. */
export function SharedMark({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const names = useSharers(node)
  if (names.length === 0) return null
  const text = t('share.with', { names: names.join(', ') })
  return (
    <span className={styles.shared} title={text} role="img" aria-label={text}>
      <Layers2 aria-hidden="true" />
    </span>
  )
}

/** What the other nodes are called that call the same layer. */
export function useSharers(node: Node): string[] {
  return useSeen(
    useShallow((graph) => {
      const ids = sharedGroups(graph).get(node.shares ?? node.id) ?? []
      const others = ids.filter((id) => id !== node.id)
      return others.flatMap((id) => {
        const other = findNode(graph, id)
        return other ? [other.name ? title(other) : `${title(other)} ${other.id}`] : []
      })
    }),
  )
}

/** Whether the pointer or the selection is at another node that calls the same layer. */
export function useIsLit(node: Node): boolean {
  const ids = useSeen((graph) => sharedGroups(graph).get(node.shares ?? node.id))
  return useView(
    (view) => ids?.some((id) => id !== node.id && (view.hovered === id || view.nodes.includes(id))) ?? false,
  )
}
