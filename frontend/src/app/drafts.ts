import type { Project } from '../graph/document'
import { draftActions, draftStore } from '../graph/draft'
import { fromFile, toDraft } from '../graph/projectFile'

const INDEX = 'layerloom.drafts'
const CURRENT = 'layerloom.current'
const KEPT = 30
const SAVE_MS = 300

/** One draft that lies in this browser. */
export interface DraftEntry {
  id: string
  name: string
  /** Milliseconds since 1970 of its last change. */
  at: number
}

/** All drafts of this browser, the newest first. */
export function listDrafts(): DraftEntry[] {
  try {
    const entries = JSON.parse(localStorage.getItem(INDEX) ?? '[]') as DraftEntry[]
    return Array.isArray(entries) ? entries : []
  } catch {
    return []
  }
}

/** The draft that was open last, or null at a first visit or where it can not be read. */
export function lastDraft(): Project | null {
  const id = localStorage.getItem(CURRENT)
  return id === null ? null : readDraft(id)
}

export function readDraft(id: string): Project | null {
  const text = localStorage.getItem(key(id))
  if (text === null) return null
  try {
    return { id, ...fromFile(text) }
  } catch {
    return null
  }
}

/** Opens a project as a new draft and remembers it as the open one. */
export function openProject(project: Omit<Project, 'id'>): void {
  draftActions.load({ ...project, id: freshId() })
  saveNow()
}

export function openDraft(id: string): void {
  const project = readDraft(id)
  if (!project) return
  draftActions.load(project)
  localStorage.setItem(CURRENT, id)
}

export function deleteDraft(id: string): void {
  localStorage.removeItem(key(id))
  localStorage.setItem(INDEX, JSON.stringify(listDrafts().filter((entry) => entry.id !== id)))
}

/** Keeps the draft in this browser from now on: a moment after each change, and when the page goes away. */
export function keepDrafts(onElsewhere: () => void, onFull: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const save = () => {
    clearTimeout(timer)
    timer = undefined
    if (!saveNow()) onFull()
  }
  const stop = draftStore.subscribe((draft, before) => {
    if (draft.id !== before.id) return
    clearTimeout(timer)
    timer = setTimeout(save, SAVE_MS)
  })
  const flush = () => timer !== undefined && save()
  const onStorage = ({ key: changed }: StorageEvent) =>
    changed === key(draftStore.getState().id) && onElsewhere()
  window.addEventListener('pagehide', flush)
  window.addEventListener('storage', onStorage)
  return () => {
    stop()
    flush()
    window.removeEventListener('pagehide', flush)
    window.removeEventListener('storage', onStorage)
  }
}

/** Writes the draft down; false where the browser has no room left even after the oldest drafts are dropped. */
function saveNow(): boolean {
  const draft = draftStore.getState()
  const others = listDrafts().filter((entry) => entry.id !== draft.id)
  const entries = [{ id: draft.id, name: draft.name, at: Date.now() }, ...others]
  for (const { id } of entries.slice(KEPT)) localStorage.removeItem(key(id))
  return write([
    [key(draft.id), toDraft(draft)],
    [INDEX, JSON.stringify(entries.slice(0, KEPT))],
    [CURRENT, draft.id],
  ])
}

function write(items: readonly (readonly [string, string])[]): boolean {
  try {
    for (const [name, value] of items) localStorage.setItem(name, value)
    return true
  } catch {
    return false
  }
}

function key(id: string): string {
  return `layerloom.draft.${id}`
}

function freshId(): string {
  return `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`
}
