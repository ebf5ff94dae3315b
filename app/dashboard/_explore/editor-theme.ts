// The editor in the design's colours. Its styles lie in a shadow root as a constructed style sheet, which a policy allows
// without a nonce; the tokens of globals.css are inherited into it.
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

const highlight = HighlightStyle.define([
  { tag: tags.comment, color: 'var(--ink-3)', fontStyle: 'italic' },
  { tag: tags.labelName, color: 'var(--code-label)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: tags.number, color: 'var(--accent-ink)' },
  { tag: tags.variableName, color: 'var(--ink)' },
  { tag: tags.function(tags.variableName), color: 'var(--code-function)' },
  { tag: [tags.operatorKeyword, tags.modifier, tags.logicOperator], color: 'var(--code-keyword)', fontWeight: '600' },
  { tag: [tags.operator, tags.arithmeticOperator], color: 'var(--ink-2)' },
  { tag: [tags.paren, tags.squareBracket, tags.brace], color: 'var(--ink-2)' },
])

const underline = (colour: string) => ({
  backgroundImage: 'none',
  paddingBottom: '0',
  textDecoration: `underline wavy 1.5px var(--${colour})`,
  textUnderlineOffset: '3px',
})

const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'transparent', fontSize: '13px', boxSizing: 'border-box' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '6px 0' },
  '.cm-line': { padding: '0 10px' },
  '.cm-placeholder': { color: 'var(--ink-3)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'color-mix(in srgb, var(--accent) 22%, transparent)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'color-mix(in srgb, var(--bad) 22%, transparent)' },
  '.cm-lintRange-error': underline('bad'),
  '.cm-lintRange-warning': underline('warn'),
  '.cm-lintRange-info': underline('build'),
  '.cm-lintRange-active': { backgroundColor: 'color-mix(in srgb, var(--bad) 12%, transparent)' },
  '.cm-lintPoint': { display: 'none' },
  '.cm-tooltip': {
    border: '1px solid var(--line)',
    borderRadius: '8px',
    backgroundColor: 'var(--panel)',
    boxShadow: 'var(--shadow)',
    color: 'var(--ink)',
    fontFamily: 'var(--font)',
    fontSize: '12px',
    lineHeight: '1.45',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '8px 10px', maxWidth: '340px', overflowWrap: 'anywhere' },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', maxHeight: '15em', maxWidth: 'min(560px, 92vw)' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { backgroundColor: 'var(--grid)', color: 'var(--ink)' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700', color: 'var(--accent-ink)' },
  '.cm-completionDetail': { color: 'var(--ink-3)', fontStyle: 'normal', fontFamily: 'var(--font)' },
  '.cm-tooltip-hover, .cm-tooltip-lint': { maxWidth: 'min(480px, 92vw)' },
  '.cm-diagnostic': { padding: '6px 10px', borderLeftWidth: '3px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--bad)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--warn)' },
  '.cm-diagnostic-info': { borderLeftColor: 'var(--build)' },
  '.hint': { padding: '6px 10px', maxWidth: 'min(520px, 92vw)' },
  '.hint code': { fontFamily: 'var(--mono)' },
  '.hint p': { margin: '3px 0 0', color: 'var(--ink-2)' },
})

export const editorTheme = [theme, syntaxHighlighting(highlight)]
