import { python } from '@codemirror/lang-python'
import { syntaxHighlighting } from '@codemirror/language'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { Decoration, EditorView, lineNumbers } from '@codemirror/view'
import { useEffect, useRef } from 'react'
import styles from './CodePanel.module.css'
import { codeColours, codeTheme } from './codeTheme'
import type { Lines } from './nodeLines'

interface CodeViewProps {
  text: string
  /** What it is, read aloud. */
  label: string
  /** Lines that stand out; the first of them is brought into sight. */
  marked: readonly Lines[]
}

/** Python to read, select and copy; nobody writes in it. */
export default function CodeView({ text, label, marked }: CodeViewProps) {
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  const marks = useRef(new Compartment())

  useEffect(() => {
    if (!place.current) return
    const made = new EditorView({ parent: place.current, extensions: extensions(label, marks.current) })
    view.current = made
    return () => made.destroy()
  }, [label])

  useEffect(() => {
    const shown = view.current
    if (!shown) return
    if (shown.state.doc.toString() !== text)
      shown.dispatch({ changes: { from: 0, to: shown.state.doc.length, insert: text } })
    shown.dispatch({ effects: marks.current.reconfigure(marking(shown.state, marked)) })
    const first = marked[0]
    if (first && first.from <= shown.state.doc.lines) {
      const at = shown.state.doc.line(first.from).from
      shown.dispatch({ effects: EditorView.scrollIntoView(at, { y: 'center' }) })
    }
  }, [text, marked, label])

  return <div ref={place} className={styles.code} />
}

function extensions(label: string, marks: Compartment): Extension[] {
  return [
    lineNumbers(),
    python(),
    syntaxHighlighting(codeColours),
    codeTheme,
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
    marks.of([]),
  ]
}

/** These lines, set apart. */
function marking(state: EditorState, marked: readonly Lines[]): Extension {
  const line = Decoration.line({ class: 'cm-marked' })
  const numbers = new Set(marked.flatMap(({ from, to }) => range(from, Math.min(to, state.doc.lines))))
  const places = [...numbers].sort((one, other) => one - other).map((number) => state.doc.line(number).from)
  return EditorView.decorations.of(Decoration.set(places.map((from) => line.range(from))))
}

function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}
