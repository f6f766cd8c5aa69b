import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { python } from '@codemirror/lang-python'
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { setDiagnostics, type Diagnostic } from '@codemirror/lint'
import { EditorState } from '@codemirror/state'
import { EditorView, keymap, lineNumbers } from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { useEffect, useRef } from 'react'

export interface CodeMark {
  /** From 1; null for the first line. */
  line: number | null
  message: string
}

interface CodeEditorProps {
  id: string
  label: string
  code: string
  marks: readonly CodeMark[]
  onChange: (code: string) => void
}

const colors = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--accent-text)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--good-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn-text)' },
  { tag: [tags.comment], color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.definition(tags.variableName), tags.className], fontWeight: '600' },
])

const look = EditorView.theme({
  '&': { fontSize: '12px', maxHeight: '320px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', overflow: 'auto' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { background: 'transparent', color: 'var(--soft)', border: 'none' },
  '.cm-tooltip': { background: 'var(--raised)', color: 'var(--ink)', border: '1px solid var(--line)' },
})

/** Python to type in, with line numbers, colours and marks at wrong lines. Escape leaves it: Tab indents. */
export default function CodeEditor({ id, label, code, marks, onChange }: CodeEditorProps) {
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const said = useRef(onChange)
  useEffect(() => {
    said.current = onChange
  }, [onChange])
  useEffect(() => {
    if (!host.current) return
    const editor = new EditorView({
      parent: host.current,
      state: startingState(id, label, (text) => said.current(text)),
    })
    view.current = editor
    return () => editor.destroy()
  }, [id, label])
  useEffect(() => {
    const editor = view.current
    if (!editor || editor.state.doc.toString() === code) return
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: code } })
  }, [code, id, label])
  useEffect(() => {
    const editor = view.current
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnostics(editor, marks)))
  }, [marks, code, id, label])
  return <div ref={host} />
}

function startingState(id: string, label: string, onChange: (text: string) => void): EditorState {
  const leave = (editor: EditorView) => {
    editor.contentDOM.blur()
    return true
  }
  return EditorState.create({
    extensions: [
      lineNumbers(),
      history(),
      bracketMatching(),
      indentUnit.of('    '),
      python(),
      syntaxHighlighting(colors),
      keymap.of([{ key: 'Escape', run: leave }, indentWithTab, ...defaultKeymap, ...historyKeymap]),
      EditorView.contentAttributes.of({ 'aria-label': label, id }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.doc.toString())
      }),
      look,
    ],
  })
}

function diagnostics(editor: EditorView, marks: readonly CodeMark[]): Diagnostic[] {
  const { doc } = editor.state
  return marks.map(({ line, message }) => {
    const { from, to } = doc.line(Math.min(Math.max(line ?? 1, 1), doc.lines))
    return { from, to, severity: 'error', message }
  })
}
