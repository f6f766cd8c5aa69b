import { Command as Cmdk } from 'cmdk'
import { useTranslation } from 'react-i18next'
import { findNode, type Node } from '../graph/document'
import { title, typeName } from '../graph/naming'
import { useShown } from '../graph/useDraft'
import { joinNodes, jumpTo } from './actions'
import styles from './CommandList.module.css'
import { canvasStore } from './canvasStore'
import { fittingNodes } from './fitting'
import { useView, viewActions } from './view'

/** A node of the drawing to pick by name: to join the selected one to it, or to go there. */
export function PickNode() {
  const { t } = useTranslation('editor')
  const dialog = useView((view) => view.dialog)
  const selected = useView((view) => view.nodes[0])
  const graph = useShown((shown) => shown)
  if (dialog !== 'connect' && dialog !== 'find') return null
  const from = dialog === 'connect' && selected ? findNode(graph, selected) : undefined
  if (dialog === 'connect' && !from) return null
  const fits =
    from && fittingNodes(graph, { node: from.id, port: null, side: 'source' }, canvasStore.getState().entries)
  const offered = graph.nodes.filter((node) => node !== from && (!fits || fits.has(node.id)))
  const pick = (node: Node) => {
    viewActions.openDialog(null)
    if (from) joinNodes(from.id, node.id)
    else jumpTo(node.id, null)
  }
  const label = from ? t('pick.connect', { name: title(from) }) : t('pick.find')
  return (
    <Cmdk.Dialog
      open
      onOpenChange={(next) => !next && viewActions.openDialog(null)}
      label={label}
      overlayClassName={styles.scrim ?? ''}
      contentClassName={styles.box ?? ''}
      loop
    >
      <Cmdk.Input className={styles.input} placeholder={label} />
      <Cmdk.List className={styles.list} label={label}>
        <Cmdk.Empty className={styles.nothing}>{t(from ? 'pick.nothing' : 'search.nothing')}</Cmdk.Empty>
        {offered.map((node) => (
          <Cmdk.Item
            key={node.id}
            value={`${title(node)} ${node.type} ${node.id}`}
            className={styles.item}
            onSelect={() => pick(node)}
          >
            <span className={styles.label}>{title(node)}</span>
            <span className={styles.keys}>{typeName(node.type)}</span>
          </Cmdk.Item>
        ))}
      </Cmdk.List>
    </Cmdk.Dialog>
  )
}
