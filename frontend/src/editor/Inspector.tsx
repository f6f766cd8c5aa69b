import { Copy, Link2, Trash2, Workflow } from 'lucide-react'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalog } from '../api/queries'
import { findNode, type Node } from '../graph/document'
import { layerNames } from '../graph/naming'
import { draftActions, useDraft } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Skeleton } from '../ui/Skeleton'
import { TextField } from '../ui/TextField'
import { autoLayout, duplicateSelected, removeSelected } from './actions'
import { categoryColor, categoryOf } from './categories'
import { useEntries } from './entries'
import styles from './Inspector.module.css'
import { ModelSummary } from './ModelSummary'
import { NodeFigures } from './NodeFigures'
import { ParameterForm } from './ParameterForm'
import { useNodeProblems } from './reports'
import { useView, viewActions } from './view'

interface InspectorProps {
  /** What other rooms tell of the selected node. */
  below?: (node: Node) => ReactNode
}

/** What is selected, to read and to change: one node, several, or the model as a whole. */
export function Inspector({ below }: InspectorProps) {
  const selected = useView((view) => view.nodes)
  const only = selected.length === 1 ? selected[0] : undefined
  const node = useDraft((draft) => (only === undefined ? undefined : findNode(draft.graph, only)))
  return (
    <div className={styles.inspector}>
      {node ? (
        <NodeInspector key={node.id} node={node} below={below} />
      ) : selected.length > 1 ? (
        <Several count={selected.length} />
      ) : (
        <ModelSummary />
      )}
    </div>
  )
}

function NodeInspector({ node, below }: { node: Node; below: InspectorProps['below'] }) {
  const entries = useEntries()
  const entry = entries.get(node.type)
  const problems = useNodeProblems(node.id)
  const form = useRef<HTMLDivElement>(null)
  usePointedField(node.id, form)
  return (
    <div ref={form} className={styles.node}>
      <Head node={node} />
      {entry ? (
        <ParameterForm
          parameters={entry.parameters}
          config={node.config}
          problems={problems}
          scope={node.id}
          onChange={(name, value) => {
            if (value === undefined) draftActions.unsetConfig(node.id, name)
            else draftActions.setConfig(node.id, name, value)
          }}
        />
      ) : (
        <Unknown type={node.type} />
      )}
      {below?.(node)}
      {entry?.doc && <p className={styles.note}>{entry.doc}</p>}
    </div>
  )
}

/** A type that Keras does not have, or has not told of yet. */
function Unknown({ type }: { type: string }) {
  const { t } = useTranslation('editor')
  const { data: catalog } = useCatalog()
  if (!catalog) return <Skeleton height={30} lines={4} />
  return <p className={styles.note}>{t('inspector.unknown', { type })}</p>
}

function Head({ node }: { node: Node }) {
  const { t } = useTranslation('editor')
  const field = useRef<HTMLInputElement>(null)
  const renaming = useView((view) => view.renaming)
  const automatic = useDraft((draft) => layerNames(draft.graph).get(node.id) ?? node.type)
  const color = categoryColor(categoryOf(useEntries().get(node.type)))
  const asked = useRef(renaming)
  useEffect(() => {
    if (renaming === asked.current) return
    asked.current = renaming
    field.current?.focus()
    field.current?.select()
  }, [renaming])
  return (
    <header className={styles.head}>
      <div className={styles.titleRow}>
        <span className={styles.swatch} style={{ background: color }} aria-hidden="true" />
        <h2 className={styles.type}>{node.type}</h2>
        <IconButton label={t('command.connect')} keys="C" onClick={() => viewActions.openDialog('connect')}>
          <Link2 aria-hidden="true" />
        </IconButton>
        <IconButton label={t('command.duplicate')} keys="Ctrl+D" onClick={duplicateSelected}>
          <Copy aria-hidden="true" />
        </IconButton>
        <IconButton label={t('command.delete')} keys="Delete" onClick={() => removeSelected()}>
          <Trash2 aria-hidden="true" />
        </IconButton>
      </div>
      <TextField
        ref={field}
        aria-label={t('inspector.name')}
        className={styles.name}
        value={node.name ?? ''}
        placeholder={automatic}
        commit="end"
        onChange={(name) => draftActions.rename(node.id, name.trim() === '' ? null : name.trim())}
      />
      <NodeFigures node={node} />
    </header>
  )
}

function Several({ count }: { count: number }) {
  const { t } = useTranslation('editor')
  return (
    <div className={styles.several}>
      <h2>{t('inspector.several', { count })}</h2>
      <Button icon={<Copy aria-hidden="true" />} onClick={duplicateSelected}>
        {t('command.duplicate')}
      </Button>
      <Button icon={<Workflow aria-hidden="true" />} onClick={() => void autoLayout()}>
        {t('command.arrangeSelected')}
      </Button>
      <Button look="danger" icon={<Trash2 aria-hidden="true" />} onClick={() => removeSelected()}>
        {t('command.delete')}
      </Button>
    </div>
  )
}

/** Points at the field that a problem named: scrolls to it, lights it up and puts the cursor there. */
function usePointedField(node: string, form: RefObject<HTMLDivElement | null>): void {
  const field = useView((view) => view.field)
  useEffect(() => {
    if (field?.node !== node) return
    const place = form.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(field.parameter)}"]`)
    if (!place) return
    place.scrollIntoView({ block: 'nearest' })
    place.classList.remove('pointed')
    requestAnimationFrame(() => place.classList.add('pointed'))
    place.querySelector<HTMLElement>('input, [role="combobox"], [role="switch"]')?.focus()
  }, [field, form, node])
}
