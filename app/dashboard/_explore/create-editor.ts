// The PromQL editor: CodeMirror with Prometheus's own language, in a shadow root. Loaded by itself, after the page is there.
import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  closeCompletion,
  completionStatus,
  selectedCompletion,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, insertNewlineAndIndent } from '@codemirror/commands'
import { bracketMatching, ensureSyntaxTree } from '@codemirror/language'
import type { Diagnostic } from '@codemirror/lint'
import { forceLinting, linter, lintKeymap } from '@codemirror/lint'
import { EditorState, Prec, Transaction } from '@codemirror/state'
import { EditorView, keymap, placeholder } from '@codemirror/view'
import { LanguageType, PromQLExtension, promQLLanguage } from '@prometheus-io/codemirror-promql'
import { HTTPPrometheusClient } from '@prometheus-io/codemirror-promql/dist/esm/client/prometheus'
import { Parser } from '@prometheus-io/codemirror-promql/dist/esm/parser/parser'
import { editorTheme } from './editor-theme'
import { maskVariables, TIME_VARIABLES } from './fill-query'
import type { Described } from './function-hints'
import { functionHints } from './function-hints'
import type { Remark } from './remarks'
import { toUnderlined } from './remarks'

/** A pause in typing, after which the text is looked at. */
const LINT_AFTER_MS = 400
/** Parsing a long expression for its errors takes no longer. */
const LINT_WITHIN_MS = 50
const PARSED_FOR_LINT = 20_000
/** How far back labels and their values are looked for. */
const COMPLETED_FROM_MS = 3_600_000
/** Names that came a moment ago are not asked for again. A new metric is known after this time. */
const NAMES_KEPT_MS = 10_000

export type Editor = {
  /** Shows another text; does nothing where it is that already. */
  setText(text: string): void
  /** What the server has said about `text`; undefined before it has said anything. */
  setAnswer(answer: AnsweredText | undefined): void
  focus(): void
  destroy(): void
}

/** `at` are offsets into `text`. */
export type AnsweredText = { text: string; remarks: readonly Remark[] }

type EditorOptions = {
  text: string
  /** Its accessible name. */
  label: string
  /** The path of the Prometheus API, for what to complete with. */
  api: string
  onChange: (text: string) => void
  onRun: () => void
}

export function createEditor(host: HTMLElement, { text, label, api, onChange, onRun }: EditorOptions): Editor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  let answer: AnsweredText | undefined
  const client = new HTTPPrometheusClient({ url: api, lookbackInterval: COMPLETED_FROM_MS })
  const language = new PromQLExtension()
    .setComplete({ remote: { url: api, lookbackInterval: COMPLETED_FROM_MS, cache: { maxAge: NAMES_KEPT_MS } } })
    .activateLinter(false)
  let metadata: ReturnType<typeof client.metricMetadata> | undefined
  let askedMs = 0

  async function describe(metric: string): Promise<Described | undefined> {
    if (metadata === undefined || performance.now() - askedMs > NAMES_KEPT_MS) {
      askedMs = performance.now()
      metadata = client.metricMetadata()
    }
    const known = await metadata
    return (known[metric] ?? known[metric.replace(/_(?:bucket|sum|count|total)$/, '')])?.[0]
  }

  function lint({ state }: EditorView): Diagnostic[] {
    const typed = state.doc.toString()
    if (answer?.text === typed) return answer.remarks.flatMap((remark) => toDiagnostic(remark, typed))
    return typed.trim() === '' ? [] : parse(typed)
  }

  /** Enter asks, but for a completion that would add something to the text. */
  function run(view: EditorView): boolean {
    const chosen = completionStatus(view.state) === 'active' ? selectedCompletion(view.state) : null
    const { head } = view.state.selection.main
    const isTyped = chosen === null || view.state.sliceDoc(0, head).endsWith(chosen.label)
    if (!isTyped) return acceptCompletion(view)
    closeCompletion(view)
    onRun()
    return true
  }

  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: text,
      extensions: [
        Prec.highest(
          keymap.of([
            { key: 'Enter', run, shift: insertNewlineAndIndent },
            { key: 'Mod-Enter', run },
            // Where there is nothing to complete, Tab leaves the editor, as everywhere on a page.
            { key: 'Tab', run: acceptCompletion },
          ]),
        ),
        language.asExtension(),
        EditorState.languageData.of(() => [{ autocomplete: completeVariable }]),
        autocompletion({ icons: false, activateOnTyping: true }),
        linter(lint, { delay: LINT_AFTER_MS }),
        functionHints(describe),
        history(),
        closeBrackets(),
        bracketMatching(),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
        typeOver,
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'false' }),
        placeholder('PromQL, such as sum by (job) (up)'),
        EditorView.updateListener.of(({ docChanged, state }) => docChanged && onChange(state.doc.toString())),
        editorTheme,
      ],
    }),
  })
  // Where nothing else takes it, the key of the page that goes back in time is not meant.
  view.dom.addEventListener('keydown', (event) => event.key === 'Escape' && event.preventDefault())

  return {
    setText(next) {
      const length = view.state.doc.length
      if (view.state.doc.toString() === next) return
      view.dispatch({
        changes: { from: 0, to: length, insert: next },
        annotations: Transaction.addToHistory.of(false),
      })
    },
    setAnswer(next) {
      answer = next
      forceLinting(view)
    },
    focus: () => view.focus(),
    destroy() {
      language.destroy()
      client.destroy()
      view.destroy()
    },
  }
}

/**
 * What is typed over a selection, or takes one away, is done here: Chromium would keep the style of what was there as an inline
 * style, which it then blocks under a strict policy, and says so in the console. The document knows the selection
 * sooner than the editor's state does.
 */
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event
    const typed = inputType === 'insertText' ? data : inputType.startsWith('deleteContent') ? '' : null
    const [from, to] = selectionIn(view)
    if (typed === null || from === to || view.composing) return false
    event.preventDefault()
    const replace = () =>
      view.state.update({
        changes: { from, to, insert: typed },
        selection: { anchor: from + typed.length },
        userEvent: typed === '' ? 'delete' : 'input.type',
        scrollIntoView: true,
      })
    const isHandled =
      typed !== '' && view.state.facet(EditorView.inputHandler).some((handle) => handle(view, from, to, typed, replace))
    if (!isHandled) view.dispatch(replace())
    return true
  },
})

/** Chromium tells of a selection in a shadow root there, other browsers nowhere: then it is that of the state. */
function selectionIn(view: EditorView): [from: number, to: number] {
  const selection: Selection | null | undefined = (view.root as Partial<Document>).getSelection?.()
  const { anchorNode, focusNode } = selection ?? {}
  const { main } = view.state.selection
  if (!selection || !anchorNode || !focusNode || !view.contentDOM.contains(anchorNode)) return [main.from, main.to]
  const anchor = view.posAtDOM(anchorNode, selection.anchorOffset)
  const focus = view.posAtDOM(focusNode, selection.focusOffset)
  return [Math.min(anchor, focus), Math.max(anchor, focus)]
}

const plainLanguage = promQLLanguage(LanguageType.PromQL)

/** What Prometheus's own linter says. It knows no variables, so it is shown durations in their places. */
function parse(typed: string): Diagnostic[] {
  if (typed.length > PARSED_FOR_LINT) return []
  const state = EditorState.create({ doc: maskVariables(typed), extensions: plainLanguage })
  ensureSyntaxTree(state, typed.length, LINT_WITHIN_MS)
  const parser = new Parser(state)
  parser.analyze()
  return parser.getDiagnostics()
}

function toDiagnostic({ level, text, at }: Remark, typed: string): Diagnostic[] {
  return at === undefined || typed === '' ? [] : [{ ...toUnderlined(typed, at), severity: level, message: text }]
}

/** The variables of time, from their dollar on. */
function completeVariable(context: { matchBefore(pattern: RegExp): { from: number } | null }) {
  const before = context.matchBefore(/\$\w*/)
  if (before === null) return null
  return {
    from: before.from,
    options: TIME_VARIABLES.map((label) => ({ label, type: 'variable' })),
    validFor: /^\$\w*$/,
  }
}
