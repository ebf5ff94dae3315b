// instrumentation.ts: Hearth's hooks beside the app's own. The app's code stays as it is, except that it no longer exports
// the hooks itself: what is appended does, and calls both. Taking it out again knows its own lines by their shape and names.
import type { ExportNamedDeclaration, FunctionDeclaration, Program, Statement } from '@babel/types'
import MagicString from 'magic-string'
import type { Hook, OwnFunction, OwnHook, ReadModule } from './find-hooks'
import { declaredNames, findHooks, HOOKS } from './find-hooks'
import { ByHand } from './problem'
import type { Placed, Style } from './source-code'
import { newlineOf, nodesIn, parseSource, placed, styleOf, textOf } from './source-code'

export const PACKAGE = 'hearth-metrics'
const MARK = 'npx hearth-metrics init'
const ALL = '*'
const OURS: Record<Hook, string> = { register: 'registerWithHearth', onRequestError: 'onRequestErrorWithHearth' }

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
 * Takes out what `newInstrumentation` and `wireInstrumentation` wrote.
 * @returns the text as it was; undefined where nothing else is in the file
 * @throws ByHand where our lines have been changed beyond recognition
 */
export function unwireInstrumentation(text: string, path: string): string | undefined {
  const { program } = parseSource(text, path)
  const parts = ourParts(program)
  const edited = new MagicString(text)
  const exporting = new Set<Statement>()
  for (const fn of parts.functions) {
    const statement = giveBack(fn, parts, program, edited, text)
    if (statement) exporting.add(statement)
  }
  for (const statement of exporting) {
    const { start } = placed(statement)
    if (statement.type === 'ImportDeclaration') edited.update(start, start + 'import'.length, 'export')
    else edited.appendRight(start, 'export ')
  }
  const ours = [...parts.passedOn, ...parts.functions, ...parts.exports].map(placed).sort((a, b) => a.start - b.start)
  for (const { start, end } of groups(ours, text)) cutOut(edited, text, start, end)
  const rest = edited.toString()
  return ours.length > 0 && rest === '' ? undefined : rest
}

/**
 * @param text undefined: there is no file
 * @returns the hooks that this file doesn't pass to Hearth. One that a person wired by hand counts as wired.
 * @throws ByHand where it is no JavaScript
 */
export function missingHooks(text: string | undefined, path: string): Hook[] {
  const used = new Set<string>()
  for (const statement of parseSource(text ?? '', path).program.body) {
    const ours = HOOKS.find((hook) => statement.type === 'FunctionDeclaration' && statement.id?.name === OURS[hook])
    for (const name of ours ? [ours] : namesFromHearth(statement)) used.add(name)
  }
  return used.has(ALL) ? [] : HOOKS.filter((hook) => !used.has(hook))
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
  for (const node of nodesIn(statement)) {
    if (node.type !== 'CallExpression' || node.callee.type !== 'Import') continue
    const [source] = node.arguments
    if (source?.type === 'StringLiteral' && source.value === PACKAGE) return [ALL]
  }
  return []
}

// What is appended

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
  const call =
    own.form === 'star'
      ? [`const own = await import(${quote}${own.source}${quote})`, `await own.${hook}(${report})`]
      : [ownCall(hook, own, typed)]
  return [
    `async function ${OURS[hook]}(${parameters}) {`,
    `${indent}try {`,
    `${indent}${indent}const hearth = await ${hearth}${semicolon}`,
    `${indent}${indent}await hearth.${hook}(${report})${semicolon}`,
    `${indent}} finally {`,
    ...call.map((line) => `${indent}${indent}${line}${semicolon}`),
    `${indent}}`,
    '}',
  ].join(newline)
}

function ownCall(hook: Hook, own: Exclude<OwnHook, { form: 'star' }>, typed: boolean): string {
  const awaits = own.fn && !mayBeAwaited(own.fn) ? '' : 'await '
  if (hook === 'register') return `${awaits}${own.local}()`
  // A function with fewer or narrower parameters than Next's was fine for Next, which doesn't check, and is none for tsc.
  if (typed && own.fn && isNarrow(own.fn)) return `${awaits}Reflect.apply(${own.local}, undefined, report)`
  return `${awaits}${own.local}(...report)`
}

/** Awaiting what is known to be nothing is an error to some linters, and `next build` asks them on Next 14 and 15. */
function mayBeAwaited({ node }: OwnFunction): boolean {
  if (node.async || node.body.type !== 'BlockStatement') return true
  for (const inner of nodesIn(node.body)) if (inner.type === 'ReturnStatement' && inner.argument) return true
  return false
}

function isNarrow({ node, typed }: OwnFunction): boolean {
  if (typed) return false
  const hasRest = node.params.some(({ type }) => type === 'RestElement')
  return (
    (node.params.length < 3 && !hasRest) || node.params.some((one) => 'typeAnnotation' in one && one.typeAnnotation)
  )
}

function passOn(hooks: Hook[], { quote, semicolon }: Style): string {
  return `export { ${hooks.join(', ')} } from ${quote}${PACKAGE}${quote}${semicolon}`
}

// What is taken out

type Parts = {
  passedOn: ExportNamedDeclaration[]
  functions: FunctionDeclaration[]
  /** Of our own: they export nothing but through our functions, or what our edit took from the app's statement. */
  exports: ExportNamedDeclaration[]
}

function ourParts(program: Program): Parts {
  const names = Object.values(OURS)
  const functions = program.body.filter(
    (one): one is FunctionDeclaration => one.type === 'FunctionDeclaration' && names.includes(one.id?.name ?? ''),
  )
  const first = Math.min(...functions.map((fn) => placed(fn).start))
  const named = program.body.filter((one): one is ExportNamedDeclaration => one.type === 'ExportNamedDeclaration')
  return {
    functions,
    passedOn: named.filter(
      ({ source, specifiers }) =>
        source?.value === PACKAGE &&
        specifiers.length > 0 &&
        specifiers.every((one) => one.type === 'ExportSpecifier' && HOOKS.some((hook) => hook === one.local.name)),
    ),
    exports: named.filter(
      (one) =>
        !one.source &&
        placed(one).start > first &&
        one.specifiers.some((each) => names.some((name) => name === localName(each))),
    ),
  }
}

/** @returns the app's statement that has to export the hook again; undefined where nothing is left to do */
function giveBack(
  fn: FunctionDeclaration,
  parts: Parts,
  program: Program,
  edited: MagicString,
  text: string,
): Statement | undefined {
  const name = fn.id?.name ?? ''
  const own = ownName(fn)
  if (own === undefined) {
    throw new ByHand(`has a ${name} that is no longer as it was written`, [
      `Export your own hook in its place, and remove ${name}.`,
    ])
  }
  if (own.star) return undefined
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration' || parts.exports.includes(statement)) continue
    const specifier = statement.specifiers.find((one) => localName(one) === name)
    if (!specifier) continue
    const { start, end } = placed(specifier)
    const hook = textOf(text, specifier.exported)
    edited.update(start, end, own.name === hook ? hook : `${own.name} as ${hook}`)
    return undefined
  }
  const statement = program.body.find((one) => bindings(one).includes(own.name))
  if (!statement) throw new ByHand(`declares no ${own.name}, which ${name} calls`, [`Remove ${name}.`])
  return statement
}

/** What the `finally` of one of our functions calls. */
function ownName(fn: FunctionDeclaration): { name: string; star: boolean } | undefined {
  const [body] = fn.body.body
  if (body?.type !== 'TryStatement' || !body.finalizer) return undefined
  for (const node of nodesIn(body.finalizer)) {
    if (node.type !== 'CallExpression') continue
    if (node.callee.type === 'Identifier') return { name: node.callee.name, star: false }
    if (node.callee.type !== 'MemberExpression' || node.callee.object.type !== 'Identifier') continue
    if (node.callee.object.name !== 'Reflect') return { name: node.callee.object.name, star: true }
    const [target] = node.arguments
    if (target?.type === 'Identifier') return { name: target.name, star: false }
  }
  return undefined
}

function localName(specifier: ExportNamedDeclaration['specifiers'][number]): string | undefined {
  return specifier.type === 'ExportSpecifier' ? specifier.local.name : undefined
}

function bindings(statement: Statement): string[] {
  if (statement.type === 'ImportDeclaration') return statement.specifiers.map(({ local }) => local.name)
  return declaredNames(statement)
}

/** Neighbours among our statements become one piece, with the comment of ours above it. */
function groups(ours: Placed<Statement>[], text: string): { start: number; end: number }[] {
  const pieces: { start: number; end: number }[] = []
  for (const statement of ours) {
    const comment = statement.leadingComments?.find(({ value }) => value.includes(MARK))
    const start = comment?.start ?? statement.start
    const last = pieces.at(-1)
    if (last && text.slice(last.end, start).trim() === '') last.end = statement.end
    else pieces.push({ start, end: statement.end })
  }
  return pieces
}

/** Removes a piece with the line endings that were added around it. */
function cutOut(edited: MagicString, text: string, start: number, end: number): void {
  const newline = newlineOf(text)
  const isLineEnded = text.startsWith(newline, end)
  let from = start
  for (let added = isLineEnded ? 1 : 2; added > 0 && text.endsWith(newline, from); added -= 1) from -= newline.length
  edited.remove(from, isLineEnded ? end + newline.length : end)
}
