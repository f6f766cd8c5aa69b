import { useEffect } from 'react'
import type { Point } from '../graph/document'
import { parseClipping } from '../graph/clipboard'
import { openedStore } from '../graph/opened'
import { clipSelected, nudge, openSearch, pasteNodes, removeSelected, zoomBy, zoomTo } from './actions'
import { closeBlocks } from './blockActions'
import type { Command } from './commands'
import { matches } from './keys'
import { viewActions, viewStore } from './view'

const NUDGE = 4
const BIG_NUDGE = 32

const ARROWS: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
}

/** Other keys for the same commands. */
const ALIASES: readonly (readonly [string, string])[] = [
  ['Ctrl+Y', 'redo'],
  ['Shift+A', 'add'],
  ['Backspace', 'delete'],
  ['Ctrl+Backspace', 'heal'],
]

/** Keys and the clipboard of the Build screen. Nothing happens while a text is being typed or a dialog is open. */
export function useShortcuts(commands: readonly Command[]): void {
  useEffect(() => {
    let byPointer = true
    const onPointerDown = () => (byPointer = true)
    const onKeyDown = (event: KeyboardEvent) => {
      if (isTaken(event)) return
      const handled = event.key === 'Tab' ? tab(event, byPointer) : pressed(event, commands)
      if (event.key === 'Tab') byPointer = false
      if (handled) event.preventDefault()
    }
    const listeners = {
      pointerdown: onPointerDown,
      keydown: onKeyDown,
      copy: onCopy,
      cut: onCut,
      paste: onPaste,
    }
    for (const [type, listener] of Object.entries(listeners))
      document.addEventListener(type, listener as EventListener)
    return () => {
      for (const [type, listener] of Object.entries(listeners))
        document.removeEventListener(type, listener as EventListener)
    }
  }, [commands])
}

/** Tab asks what to add while the hand is on the pointer; who walks with the keyboard walks on. */
function tab(event: KeyboardEvent, byPointer: boolean): boolean {
  if (event.shiftKey || !byPointer || !onCanvas(event.target)) return false
  openSearch()
  return true
}

function pressed(event: KeyboardEvent, commands: readonly Command[]): boolean {
  if (event.key === 'Escape') {
    escape()
    return true
  }
  if (matches(event, 'Ctrl+K') || matches(event, 'Ctrl+Shift+P')) {
    viewActions.openDialog('commands')
    return true
  }
  return runCommand(event, commands) || zoomKey(event) || arrow(event)
}

/** First what is selected or open is let go, then an opened block is left. */
function escape(): void {
  const { nodes, edges, search, dialog } = viewStore.getState()
  const isIdle = nodes.length + edges.length === 0 && search === null && dialog === null
  if (isIdle && openedStore.getState().path.length > 0) closeBlocks()
  else viewActions.clear()
}

function runCommand(event: KeyboardEvent, commands: readonly Command[]): boolean {
  const alias = ALIASES.find(([keys]) => matches(event, keys))?.[1]
  const command = commands.find(
    ({ id, keys }) => id === alias || (keys !== undefined && matches(event, keys)),
  )
  if (!command || NATIVE.has(command.id) || command.enabled?.() === false) return false
  if (command.keys === 'Enter' && (!onCanvas(event.target) || isButton(event.target))) return false
  command.run()
  return true
}

/** The browser says these itself, with the clipboard in hand. */
const NATIVE: ReadonlySet<string> = new Set(['copy'])

function zoomKey(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey) return false
  if (event.key === '+' || event.key === '=') zoomBy(1.25)
  else if (event.key === '-') zoomBy(0.8)
  else if (event.key === '0') zoomTo(1)
  else return false
  return true
}

/** Arrows move what is selected; a focused node is moved by React Flow itself. */
function arrow(event: KeyboardEvent): boolean {
  const way = ARROWS[event.key]
  const isNode =
    event.target instanceof Element && event.target.closest('.react-flow__node, .react-flow__nodesselection')
  if (!way || isNode || viewStore.getState().nodes.length === 0 || !onCanvas(event.target)) return false
  const size = event.shiftKey ? BIG_NUDGE : NUDGE
  nudge([way[0] * size, way[1] * size])
  return true
}

function onCopy(event: ClipboardEvent): void {
  const clipping = isTaken(event) || hasTextSelected() ? null : clipSelected()
  if (!clipping) return
  event.clipboardData?.setData('text/plain', JSON.stringify(clipping, null, 1))
  event.preventDefault()
}

function onCut(event: ClipboardEvent): void {
  onCopy(event)
  if (event.defaultPrevented) removeSelected()
}

function onPaste(event: ClipboardEvent): void {
  if (isTaken(event)) return
  const clipping = parseClipping(event.clipboardData?.getData('text/plain') ?? '')
  if (!clipping) return
  pasteNodes(clipping)
  event.preventDefault()
}

/** Whether the event belongs to a field, a menu or a dialog. */
function isTaken(event: Event): boolean {
  const { target } = event
  if (event.defaultPrevented || !(target instanceof Element)) return true
  const field = target.closest('input, textarea, select, [contenteditable="true"]')
  return field !== null || target.closest('[role="dialog"], [role="menu"], [role="listbox"]') !== null
}

/** Whether a key means the canvas: the focus is in it, or nowhere. */
function onCanvas(target: EventTarget | null): boolean {
  return target instanceof Element && (target === document.body || target.closest('.react-flow') !== null)
}

function isButton(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('button') !== null
}

function hasTextSelected(): boolean {
  return (window.getSelection()?.toString() ?? '') !== ''
}
