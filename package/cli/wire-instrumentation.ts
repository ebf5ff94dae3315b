// instrumentation.ts: Hearth's hooks beside the app's own. The app's code stays as it is, except that it no longer exports
// the hooks itself: what is appended does, and calls both.
import type {
  ExportNamedDeclaration,
  FunctionDeclaration,
  Function as FunctionNode,
  Program,
  Statement,
} from '@babel/types'
import MagicString from 'magic-string'
import type { Hook, OwnHook, ReadModule } from './find-hooks'
import { findHooks, HOOKS } from './find-hooks'
import { ByHand } from './problem'
import type { Style } from './source-code'
import { nodesIn, parseSource, placed, styleOf } from './source-code'

/** Our name on npm. */
export const PACKAGE = 'hearth-metrics'
/** What our comment says, by which it is found again. */
export const MARK = 'npx hearth-metrics init'
const ALL = '*'
/** The functions that are appended. */
export const OURS: Record<Hook, string> = { register: 'registerWithHearth', onRequestError: 'onRequestErrorWithHearth' }

/** @returns the whole file, for an app that has none */
export function newInstrumentation(style: Style): string {
  return `${passOn([...HOOKS], style)}${style.newline}`
}

/**
 * @param text of an instrumentation file that exports none of our hooks
 * @returns the text in which both ours and the app's run
 * @throws ByHand for a form that can't be extended safely
 */
export function wireInstrumentation(text: string, path: string, read: ReadModule): string {
  const { program } = parseSource(text, path)
  const hooks = findHooks(program, path, read)
  requireFree(
    [...hooks.keys()].map((hook) => OURS[hook]),
    program,
  )
  const style = styleOf(text, path)
  const edited = new MagicString(text)
  const statements = new Set<ExportNamedDeclaration>()
  for (const [hook, own] of hooks) {
    if (own.form === 'listed') {
      const { start, end } = placed(own.specifier)
      edited.update(start, end, `${OURS[hook]} as ${hook}`)
    } else if (own.form !== 'star') {
      statements.add(own.statement)
    }
  }
  for (const statement of statements) {
    const { start } = placed(statement)
    if (statement.source) edited.update(start, start + 'export'.length, 'import')
    else edited.remove(start, start + 'export '.length)
  }
  const { newline } = style
  const block = blockFor(hooks, style, /\.[mc]?tsx?$/.test(path))
  edited.append(text.endsWith('\n') ? newline + block + newline : newline + newline + block)
  return edited.toString()
}

/**
 * @param text undefined: there is no file
 * @returns the hooks that this file doesn't pass to Hearth. One that a person wired by hand counts as wired.
 * @throws ByHand where it is no JavaScript
 */
export function missingHooks(text: string | undefined, path: string): Hook[] {
  const used = new Set<string>()
  for (const statement of parseSource(text ?? '', path).program.body) {
    const ours = HOOKS.find((hook) => isOurFunction(statement, OURS[hook]))
    for (const name of ours ? [ours] : namesFromHearth(statement)) used.add(name)
  }
  return used.has(ALL) ? [] : HOOKS.filter((hook) => !used.has(hook))
}

/** Whether a statement is the function of that name which we have appended: one of the app's may be called so too. */
export function isOurFunction(statement: Statement, name: string): statement is FunctionDeclaration {
  return statement.type === 'FunctionDeclaration' && statement.id?.name === name && importsHearth(statement)
}

/** @throws ByHand where the file has something of such a name already */
function requireFree(names: readonly string[], program: Program): void {
  for (const node of nodesIn(program)) {
    if (node.type !== 'Identifier' || !names.includes(node.name)) continue
    throw new ByHand(`has a ${node.name} already, which is what our function would be called`, [
      `Rename yours, and run this command again.`,
    ])
  }
}

/** What a statement takes from Hearth; ALL where it takes the whole module. */
function namesFromHearth(statement: Statement): string[] {
  if (statement.type === 'ExportNamedDeclaration' && statement.source?.value === PACKAGE) {
    return statement.specifiers.map((one) => localName(one) ?? ALL)
  }
  if (statement.type === 'ImportDeclaration' && statement.source.value === PACKAGE) {
    return statement.specifiers.map((one) => {
      if (one.type !== 'ImportSpecifier') return ALL
      return one.imported.type === 'Identifier' ? one.imported.name : one.imported.value
    })
  }
  return importsHearth(statement) ? [ALL] : []
}

function importsHearth(statement: Statement): boolean {
  for (const node of nodesIn(statement)) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Import') continue
    const [source] = node.arguments
    if (source?.type === 'StringLiteral' && source.value === PACKAGE) return true
  }
  return false
}

function blockFor(hooks: Map<Hook, OwnHook>, style: Style, typed: boolean): string {
  const { newline } = style
  const others = new Set([...hooks.values()].flatMap((own) => ('others' in own ? own.others : [])))
  const parts: string[] = []
  for (const hook of HOOKS) {
    const own = hooks.get(hook)
    if (!own) continue
    const names = [`${OURS[hook]} as ${hook}`]
    // What the app's statement exported beside the hook leaves with the first of our exports.
    if (own.form === 'declared' || own.form === 'from') names.push(...others)
    if (own.form === 'declared' || own.form === 'from') others.clear()
    parts.push(wrapper(hook, own, style, typed))
    if (own.form !== 'listed') parts.push(`export { ${names.join(', ')} }${style.semicolon}`)
  }
  const missing = HOOKS.filter((hook) => !hooks.has(hook))
  if (missing.length > 0) parts.push(passOn(missing, style))
  const comment = `// Added by "${MARK}": both hooks run, even if one fails.${newline}`
  return (hooks.size > 0 ? comment : '') + parts.join(newline + newline)
}

function wrapper(hook: Hook, own: OwnHook, { newline, indent, quote, semicolon }: Style, typed: boolean): string {
  const isError = hook === 'onRequestError'
  const hearth = `import(${quote}${PACKAGE}${quote})`
  const report = isError ? '...report' : ''
  const parameters =
    isError && typed
      ? `${newline}${indent}...report: Parameters<typeof ${hearth}.onRequestError>${newline}`
      : `${report}`
  const late = own.form === 'star' ? [`const own = await import(${quote}${own.source}${quote})`] : []
  const target = own.form === 'star' ? `own.${hook}` : own.local
  const awaits = own.form === 'star' || !own.fn || mayGivePromise(own.fn) ? 'await ' : ''
  // A function with fewer or narrower parameters than Next's was fine for Next, which doesn't look, and wouldn't be for tsc.
  const call = isError && typed ? `Reflect.apply(${target}, undefined, report)` : `${target}(${report})`
  return [
    `async function ${OURS[hook]}(${parameters}) {`,
    `${indent}try {`,
    `${indent}${indent}const hearth = await ${hearth}${semicolon}`,
    `${indent}${indent}await hearth.${hook}(${report})${semicolon}`,
    `${indent}} finally {`,
    ...[...late, awaits + call].map((line) => `${indent}${indent}${line}${semicolon}`),
    `${indent}}`,
    '}',
  ].join(newline)
}

/** Awaiting what is known to be nothing is an error to some linters, and `next build` asks them on Next 14 and 15. */
function mayGivePromise(fn: FunctionNode): boolean {
  if (fn.async || fn.body.type !== 'BlockStatement') return true
  for (const inner of nodesIn(fn.body)) if (inner.type === 'ReturnStatement' && inner.argument) return true
  return false
}

function passOn(hooks: Hook[], { quote, semicolon }: Style): string {
  return `export { ${hooks.join(', ')} } from ${quote}${PACKAGE}${quote}${semicolon}`
}

/** @returns the name in this file of what is exported */
export function localName(specifier: ExportNamedDeclaration['specifiers'][number]): string | undefined {
  return specifier.type === 'ExportSpecifier' ? specifier.local.name : undefined
}
