import { Boxes, Copy, Layers2, Link2, Trash2, Workflow } from 'lucide-react'
import { useEffect, useRef, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalog } from '../api/queries'
import { isApplication } from '../graph/application'
import { makeParameter } from '../graph/blockParameters'
import type { NodeEntry, Parameter } from '../graph/catalog'
import { targetPort } from '../graph/connect'
import { blockName, findNode, type Node } from '../graph/document'
import { layerNames, title, typeName } from '../graph/naming'
import { openedNames } from '../graph/opened'
import { canBeShared, ownerOf } from '../graph/share'
import { draftActions, draftStore, useDraft, useOpened, useShown } from '../graph/useDraft'
import { Button } from '../ui/Button'
import { IconButton } from '../ui/IconButton'
import { Skeleton } from '../ui/Skeleton'
import { TextField } from '../ui/TextField'
import { autoLayout, duplicateSelected, removeSelected } from './actions'
import { AugmentedPictures } from './AugmentedPictures'
import { isAugmentation } from './augmentation'
import { groupSelected, shareSelected } from './blockActions'
import { ApplicationTools, BlockTools } from './BlockTools'
import { categoryColor, categoryOf } from './categories'
import { DefinitionInspector } from './DefinitionInspector'
import { useEntries } from './entries'
import styles from './Inspector.module.css'
import { LinkingContext, type Linking } from './linking'
import { ModelSummary } from './ModelSummary'
import { NodeFigures } from './NodeFigures'
import { ParameterForm } from './ParameterForm'
import { liesAt, useNodeProblems } from './reports'
import { useView, viewActions } from './view'

interface InspectorProps {
  /** What other rooms tell of the selected node. */
  below?: (node: Node) => ReactNode
}

/** What is selected, to read and to change: one node, several, or the model as a whole. */
export function Inspector({ below }: InspectorProps) {
  const selected = useView((view) => view.nodes)
  const only = selected.length === 1 ? selected[0] : undefined
  const node = useShown((graph) => (only === undefined ? undefined : findNode(graph, only)))
  const path = useOpened()
  const name = useDraft((draft) => openedNames(draft.graph, path).at(-1))
  const block = useDraft((draft) => (name === undefined ? undefined : draft.graph.blocks[name]))
  return (
    <div className={styles.inspector}>
      {node ? (
        <NodeInspector key={node.id} node={node} below={below} />
      ) : selected.length > 1 ? (
        <Several count={selected.length} />
      ) : name !== undefined && block ? (
        <DefinitionInspector key={name} name={name} block={block} />
      ) : (
        <ModelSummary />
      )}
    </div>
  )
}

/** What can be set here: the value of a port stands in the form only where no wire brings it, or one too many does. */
function useFreeParameters(node: Node, owner: Node, entry: NodeEntry | undefined): Parameter[] {
  const entries = useEntries()
  const wired = useShown((graph) =>
    graph.edges
      .filter((edge) => edge.target === node.id)
      .map((edge) => targetPort(edge, node, entries))
      .join('\u0000'),
  ).split('\u0000')
  return (entry?.parameters ?? []).filter(({ name }) => !wired.includes(name) || name in owner.config)
}

function NodeInspector({ node, below }: { node: Node; below: InspectorProps['below'] }) {
  const { t } = useTranslation('editor')
  const entries = useEntries()
  const owner = useShown((graph) => ownerOf(graph, node))
  const entry = entries.get(owner.type)
  const path = useOpened()
  const problems = useNodeProblems(node.id).filter((problem) => liesAt(problem, path))
  const parameters = useFreeParameters(node, owner, entry)
  const linking = useLinking(owner.id)
  const isPort = path.length > 0 && (node.type === 'Input' || node.type === 'Output')
  const form = useRef<HTMLDivElement>(null)
  usePointedField(node.id, form)
  return (
    <div ref={form} className={styles.node}>
      <Head node={node} />
      {blockName(node.type) !== null && <BlockTools node={node} />}
      {isApplication(owner) && <ApplicationTools node={owner} />}
      {owner !== node && <p className={styles.note}>{t('share.of', { name: title(owner) })}</p>}
      {isPort && <p className={styles.note}>{t('block.port')}</p>}
      {isAugmentation(owner.type) && <AugmentedPictures node={node} />}
      {entry && !isPort && (
        <LinkingContext value={linking}>
          <ParameterForm
            parameters={parameters}
            config={owner.config}
            problems={problems}
            scope={node.id}
            onChange={(name, value) => {
              if (value === undefined) draftActions.unsetConfig(owner.id, name)
              else draftActions.setConfig(owner.id, name, value)
            }}
          />
        </LinkingContext>
      )}
      {!entry && <Unknown type={node.type} />}
      {below?.(node)}
      {entry?.doc && <p className={styles.note}>{entry.doc}</p>}
    </div>
  )
}

/** How the fields of a node become parameters of the opened block; null while none is open. */
function useLinking(node: string): Linking | null {
  const path = useOpened()
  const block = useDraft((draft) => openedNames(draft.graph, path).at(-1))
  if (block === undefined) return null
  return {
    link: (field, value) =>
      draftActions.editDrawing((root) => makeParameter(root, block, node, field, value)),
    unlink: (field, parameter) => {
      const value = draftStore.getState().graph.blocks[block]?.parameters[parameter]
      if (value !== undefined) draftActions.setConfig(node, field, value)
    },
  }
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
  const automatic = useShown((graph) => layerNames(graph).get(node.id) ?? node.type)
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
        <h2 className={styles.type}>{typeName(node.type)}</h2>
        <IconButton label={t('command.connect')} keys="C" onClick={() => viewActions.openDialog('connect')}>
          <Link2 aria-hidden="true" />
        </IconButton>
        <IconButton label={t('command.duplicate')} keys="Ctrl+D" onClick={duplicateSelected}>
          <Copy aria-hidden="true" />
        </IconButton>
        {canBeShared(node) && (
          <IconButton label={t('command.share')} keys="Ctrl+Shift+D" onClick={shareSelected}>
            <Layers2 aria-hidden="true" />
          </IconButton>
        )}
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
      <Button icon={<Boxes aria-hidden="true" />} onClick={groupSelected}>
        {t('command.group')}
      </Button>
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
