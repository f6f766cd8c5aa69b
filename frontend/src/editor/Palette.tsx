import { ChevronRight, Search, Trash2, X } from 'lucide-react'
import { useId, useMemo, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { useCatalog } from '../api/queries'
import type { NodeEntry } from '../graph/catalog'
import { countCalls } from '../graph/definitions'
import { blockName } from '../graph/document'
import { typeName } from '../graph/naming'
import { useDraft } from '../graph/useDraft'
import { Skeleton } from '../ui/Skeleton'
import { addLayer } from './actions'
import { forgetBlock } from './blockActions'
import { categoryColor, categoryOf, grouped, type Category } from './categories'
import { label, useEntries } from './entries'
import { layerDrag } from './layerDrag'
import styles from './Palette.module.css'
import { bestFirst } from './searchRank'

const OPEN_AT_FIRST: readonly Category[] = ['core', 'conv', 'pool', 'reg']

/** Every layer that there is, by category, to drag in or to add by a click or Enter. */
export function Palette() {
  const { t } = useTranslation('editor')
  const [query, setQuery] = useState('')
  const entries = useEntries()
  const { isPending, isError } = useCatalog()
  const groups = useMemo(() => grouped(entries.values()), [entries])
  return (
    <div className={styles.palette} onKeyDown={walk}>
      <SearchField query={query} onChange={setQuery} first={best(entries.values(), query)} />
      <div className={styles.list}>
        {query === '' ? (
          groups.map(([category, members]) => <Group key={category} category={category} members={members} />)
        ) : (
          <Found entries={bestFirst(entries.values(), query)} />
        )}
        {isPending && (
          <div className={styles.loading}>
            <p className={styles.note}>{t('palette.warming')}</p>
            <Skeleton height={20} lines={9} />
          </div>
        )}
        {isError && <p className={styles.note}>{t('palette.failed')}</p>}
      </div>
    </div>
  )
}

function SearchField({
  query,
  onChange,
  first,
}: {
  query: string
  onChange: (query: string) => void
  first: NodeEntry | undefined
}) {
  const { t } = useTranslation('editor')
  return (
    <div className={styles.search}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        type="search"
        data-palette-search
        aria-label={t('palette.search')}
        placeholder={t('palette.search')}
        value={query}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && query !== '' && first) addLayer(first.type)
          if (event.key === 'Escape' && query !== '') onChange('')
        }}
      />
      {query === '' ? (
        <kbd className={styles.keys}>/</kbd>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label={t('palette.clear')}
          onClick={() => onChange('')}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  )
}

function Group({ category, members }: { category: Category; members: readonly NodeEntry[] }) {
  const { t } = useTranslation('editor')
  const [open, setOpen] = useState(OPEN_AT_FIRST.includes(category))
  const list = useId()
  return (
    <section className={styles.group}>
      <h2>
        <button
          type="button"
          className={styles.heading}
          aria-expanded={open}
          aria-controls={list}
          onClick={() => setOpen(!open)}
        >
          <ChevronRight className={styles.chevron} aria-hidden="true" />
          <span className={styles.name}>{t(`category.${category}`)}</span>
          <span className={styles.count}>{members.length}</span>
        </button>
      </h2>
      <div id={list} hidden={!open}>
        {open && (category === 'ops' ? <Kinds entries={members} /> : <Layers entries={members} />)}
      </div>
    </section>
  )
}

function Layers({ entries }: { entries: readonly NodeEntry[] }) {
  return (
    <ul>
      {entries.map((entry) => (
        <Layer key={entry.type} entry={entry} />
      ))}
    </ul>
  )
}

/** The operations by what they do, each kind folded: there are hundreds of them. */
function Kinds({ entries }: { entries: readonly NodeEntry[] }) {
  return [...byCategory(entries)].map(([kind, members]) => (
    <details key={kind} className={styles.kind}>
      <summary>
        <ChevronRight className={styles.chevron} aria-hidden="true" />
        <span className={styles.name}>{kind}</span>
        <span className={styles.count}>{members.length}</span>
      </summary>
      <Layers entries={members} />
    </details>
  ))
}

function byCategory(entries: readonly NodeEntry[]): Map<string, NodeEntry[]> {
  const kinds = new Map<string, NodeEntry[]>()
  for (const entry of entries) kinds.set(entry.category, [...(kinds.get(entry.category) ?? []), entry])
  return kinds
}

function Found({ entries }: { entries: readonly NodeEntry[] }) {
  const { t } = useTranslation('editor')
  if (entries.length === 0) return <p className={styles.note}>{t('search.nothing')}</p>
  return (
    <ul aria-label={t('search.results')}>
      {entries.map((entry) => (
        <Layer key={entry.type} entry={entry} found />
      ))}
    </ul>
  )
}

function Layer({ entry, found = false }: { entry: NodeEntry; found?: boolean }) {
  return (
    <li className={styles.row}>
      <button
        type="button"
        className={styles.layer}
        draggable
        data-layer={entry.type}
        title={entry.doc}
        onDragStart={(event) => layerDrag.start(event, entry.type)}
        onClick={() => addLayer(entry.type)}
      >
        <span
          className={styles.swatch}
          style={{ background: categoryColor(categoryOf(entry)) }}
          aria-hidden="true"
        />
        <span className={styles.label}>{label(entry)}</span>
        {found && entry.type.includes('.') && <span className={styles.family}>{entry.category}</span>}
      </button>
      {blockName(entry.type) !== null && <Forget name={typeName(entry.type)} />}
    </li>
  )
}

/** Takes a definition that nobody uses out of the drawing. */
function Forget({ name }: { name: string }) {
  const { t } = useTranslation('editor')
  const uses = useDraft((draft) => countCalls(draft.graph, name))
  if (uses > 0) return <span className={styles.uses}>{t('palette.uses', { count: uses })}</span>
  return (
    <button
      type="button"
      className={styles.forget}
      aria-label={t('block.remove', { name })}
      title={t('block.remove', { name })}
      onClick={() => forgetBlock(name)}
    >
      <Trash2 aria-hidden="true" />
    </button>
  )
}

function best(entries: Iterable<NodeEntry>, query: string): NodeEntry | undefined {
  return query === '' ? undefined : bestFirst(entries, query)[0]
}

/** Up and down walk through the search field, the headings and the layers. */
function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (step === 0) return
  const stops = [...event.currentTarget.querySelectorAll<HTMLElement>('input, button, summary')].filter(
    (stop) => stop.offsetParent,
  )
  const next = stops[stops.indexOf(event.target as HTMLElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
