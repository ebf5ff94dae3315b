// Hearth's hooks out of instrumentation.ts again. Our lines are known by their shape and names, so that what a formatter has
// made of them goes as well.
import type { ExportNamedDeclaration, FunctionDeclaration, Program, Statement } from '@babel/types'
import MagicString from 'magic-string'
import { declaredNames, HOOKS } from './find-hooks'
import { ByHand } from './problem'
import type { Placed } from './source-code'
import { newlineOf, nodesIn, parseSource, placed, textOf } from './source-code'
import { isOurFunction, localName, MARK, OURS, PACKAGE } from './wire-instrumentation'

/**
 * Takes out what `newInstrumentation` and `wireInstrumentation` wrote.
 * @returns the text as it was; undefined where nothing else is in the file
 * @throws ByHand where our lines have been changed beyond recognition
 */
export function unwireInstrumentation(text: string, path: string): string | undefined {
  const { program } = parseSource(text, path)
  const parts = ourParts(program, text)
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

type Parts = {
  passedOn: ExportNamedDeclaration[]
  functions: FunctionDeclaration[]
  /** Of our own: they export nothing but through our functions, or what our edit took from the app's statement. */
  exports: ExportNamedDeclaration[]
}

function ourParts(program: Program, text: string): Parts {
  const names = Object.values(OURS)
  // One that a person has rewritten is known by the comment above it.
  const isMarked = text.includes(MARK)
  const functions = program.body.filter(
    (one): one is FunctionDeclaration =>
      one.type === 'FunctionDeclaration' &&
      names.includes(one.id?.name ?? '') &&
      (isMarked || names.some((name) => isOurFunction(one, name))),
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
    const target = node.callee.object.name === 'Reflect' ? node.arguments[0] : node.callee
    if (target?.type === 'Identifier') return { name: target.name, star: false }
    if (target?.type === 'MemberExpression') return { name: '', star: true }
  }
  return undefined
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
