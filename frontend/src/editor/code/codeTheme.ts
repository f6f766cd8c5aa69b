import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Colours of the parts of Python, from the tokens of the theme: they follow light and dark by themselves. */
export const codeColours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier], color: 'var(--cat-conv)' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--cat-io)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--cat-rnn)' },
  { tag: [tags.comment, tags.docString], color: 'var(--faint)', fontStyle: 'italic' },
  {
    tag: [tags.definition(tags.className), tags.definition(tags.function(tags.variableName))],
    color: 'var(--accent-text)',
    fontWeight: '600',
  },
  { tag: [tags.function(tags.propertyName), tags.function(tags.variableName)], color: 'var(--accent-text)' },
])

export const codeTheme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--panel)', color: 'var(--ink)', fontSize: '12.5px' },
  '&.cm-focused': { outline: '2px solid var(--accent)', outlineOffset: '-2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--faint)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { padding: '0 12px 0 16px', minWidth: '44px' },
  '.cm-content': { padding: '4px 0 12px' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': {
    backgroundColor: 'var(--accent-soft) !important',
  },
  '.cm-marked': { backgroundColor: 'var(--accent-soft)', boxShadow: 'inset 3px 0 var(--accent)' },
})
