import { Command } from 'cmdk'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { portsOf, type NodeEntry } from '../graph/catalog'
import { addJoined, addLayer } from './actions'
import { categoryColor, categoryOf, grouped } from './categories'
import { label, useEntries } from './entries'
import styles from './NodeSearch.module.css'
import { bestFirst } from './searchRank'
import { useView, viewActions, type Search } from './view'

const WIDTH = 280
const HEIGHT = 340
const MARGIN = 12
/** As many as anybody reads. */
const MOST = 50

/** A search for a layer to add, at the pointer; where it ends a loose wire it offers only what takes that wire. */
export function NodeSearch() {
  const search = useView((view) => view.search)
  return search && <Box key={search.screen.join()} search={search} />
}

function Box({ search }: { search: Search }) {
  const { t } = useTranslation('editor')
  const entries = useEntries()
  const [query, setQuery] = useState('')
  const all = useMemo(() => offered(entries.values(), search), [entries, search])
  const add = (type: string) => {
    viewActions.closeSearch()
    if (search.from) addJoined(type, search.place, search.from)
    else addLayer(type, search.place)
  }
  return (
    <>
      <div className={styles.ground} onPointerDown={() => viewActions.closeSearch()} />
      <Command
        className={styles.box}
        style={{
          left: inside(search.screen[0], WIDTH, window.innerWidth),
          top: inside(search.screen[1], HEIGHT, window.innerHeight),
        }}
        label={t('search.label')}
        shouldFilter={false}
        loop
        onKeyDown={(event) => {
          if (event.key === 'Escape' || event.key === 'Tab') {
            event.preventDefault()
            viewActions.closeSearch()
          }
          event.stopPropagation()
        }}
      >
        <Command.Input
          className={styles.input}
          placeholder={t(search.from ? 'search.joined' : 'search.placeholder')}
          autoFocus
          value={query}
          onValueChange={setQuery}
        />
        <Command.List className={styles.list} label={t('search.results')}>
          <Command.Empty className={styles.nothing}>{t('search.nothing')}</Command.Empty>
          {query.trim() === '' ? (
            grouped(all).map(([category, members]) => (
              <Command.Group key={category} heading={t(`category.${category}`)} className={styles.group}>
                {members.map((entry) => (
                  <Choice key={entry.type} entry={entry} onSelect={add} />
                ))}
              </Command.Group>
            ))
          ) : (
            <Command.Group key={query} heading={t('search.results')} className={styles.group}>
              {bestFirst(all, query)
                .slice(0, MOST)
                .map((entry) => (
                  <Choice key={entry.type} entry={entry} onSelect={add} />
                ))}
            </Command.Group>
          )}
        </Command.List>
      </Command>
    </>
  )
}

function Choice({ entry, onSelect }: { entry: NodeEntry; onSelect: (type: string) => void }) {
  return (
    <Command.Item value={entry.type} className={styles.item} onSelect={() => onSelect(entry.type)}>
      <span
        className={styles.swatch}
        style={{ background: categoryColor(categoryOf(entry)) }}
        aria-hidden="true"
      />
      <span>{label(entry)}</span>
      {entry.type.includes('.') && <span className={styles.family}>{entry.category}</span>}
    </Command.Item>
  )
}

/** What can be added here: everything, or what has a port for the loose end. */
function offered(entries: Iterable<NodeEntry>, { from }: Search): NodeEntry[] {
  const all = [...entries]
  if (!from) return all
  return all.filter((entry) => {
    const { inputs, outputs } = portsOf(entry.type, new Map([[entry.type, entry]]))
    return from.side === 'source' ? inputs.length > 0 : outputs.length > 0
  })
}

function inside(at: number, size: number, whole: number): number {
  return Math.max(MARGIN, Math.min(at, whole - size - MARGIN))
}
