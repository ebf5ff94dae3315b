// Where an instrumentation file exports Next's two hooks, in whatever form.
import type {
  ExportNamedDeclaration,
  ExportSpecifier,
  Expression,
  Function as FunctionNode,
  Node,
  Program,
  Statement,
} from '@babel/types'
import { ByHand } from './problem'
import { nodesIn, parseSource } from './source-code'

export const HOOKS = ['register', 'onRequestError'] as const
export type Hook = (typeof HOOKS)[number]

/** How the app itself exports a hook. `local` is what calls it; `fn` is its function, where that is in sight. */
export type OwnHook =
  | { form: 'declared' | 'from'; local: string; statement: ExportNamedDeclaration; others: string[]; fn?: FunctionNode }
  | { form: 'listed'; local: string; specifier: ExportSpecifier; fn?: FunctionNode }
  | { form: 'star'; source: string }

/**
 * Reads another file of the app.
 * @param source as an import names it
 * @param from the path of the file that imports
 * @returns undefined where that is no file of the app, such as a package
 */
export type ReadModule = (source: string, from: string) => { path: string; text: string } | undefined

/** How many files `export * from` is followed through. */
const STAR_DEPTH = 5

/**
 * @returns the hooks that the app exports
 * @throws ByHand for a form that can't be extended safely
 */
export function findHooks(program: Program, path: string, read: ReadModule): Map<Hook, OwnHook> {
  if (usesModuleExports(program) || program.body.some(({ type }) => type === 'TSExportAssignment')) {
    throw new ByHand('is a CommonJS module', [
      'Write its hooks as `export function register() { … }`, and run this command again.',
    ])
  }
  const found = new Map<Hook, OwnHook>()
  for (const statement of program.body) {
    const odd = uncallable(statement).find(isHook)
    if (odd) throw new ByHand(`exports ${odd} as something that can't be called`, ['Give it another name.'])
    if (statement.type !== 'ExportNamedDeclaration' || statement.exportKind === 'type') continue
    for (const [hook, own] of statement.declaration ? declared(statement, program) : listed(statement, program)) {
      if (found.has(hook)) throw new ByHand(`exports ${hook} more than once`, ['Keep one of them.'])
      found.set(hook, own)
    }
  }
  for (const [hook, source] of starred(program, path, read, STAR_DEPTH)) {
    if (!found.has(hook)) found.set(hook, { form: 'star', source })
  }
  return found
}

/** `export function register`, `export const register =`, `export const { register } =`. */
function declared(statement: ExportNamedDeclaration, program: Program): [Hook, OwnHook][] {
  const { declaration } = statement
  if (declaration?.type === 'TSDeclareFunction' && isHook(declaration.id?.name ?? '')) {
    throw new ByHand(`declares overloads of ${declaration.id?.name}`, ['Write it as one function, without overloads.'])
  }
  const names = declaration ? declaredNames(declaration) : []
  const others = names.filter((name) => !isHook(name))
  return names.filter(isHook).map((hook) => {
    return [hook, { form: 'declared', local: hook, statement, others, fn: functionOf(hook, program) }]
  })
}

/** The names of a statement's types, classes, enums and namespaces, as it exports them. */
function uncallable(statement: Statement): string[] {
  if (statement.type === 'TSImportEqualsDeclaration') return statement.isExport ? [statement.id.name] : []
  if (statement.type !== 'ExportNamedDeclaration') return []
  const { declaration, exportKind, specifiers } = statement
  const types = specifiers.filter(
    (one) => exportKind === 'type' || (one.type === 'ExportSpecifier' && one.exportKind === 'type'),
  )
  const names = types.map(({ exported }) => (exported.type === 'Identifier' ? exported.name : exported.value))
  if (!declaration || !('id' in declaration) || declaration.id?.type !== 'Identifier') return names
  const isFunction = declaration.type === 'FunctionDeclaration' || declaration.type === 'TSDeclareFunction'
  return isFunction && exportKind !== 'type' ? names : [...names, declaration.id.name]
}

/** `export { register }`, `export { init as register }`, and both with `from`. */
function listed(statement: ExportNamedDeclaration, program: Program): [Hook, OwnHook][] {
  const hooks: [Hook, OwnHook][] = []
  const others: string[] = []
  for (const specifier of statement.specifiers) {
    const name = specifier.exported.type === 'Identifier' ? specifier.exported.name : specifier.exported.value
    if (specifier.type !== 'ExportSpecifier') {
      if (isHook(name)) throw new ByHand(`exports ${name} as a namespace`, ['Export a function of this name.'])
    } else if (!isHook(name)) {
      others.push(specifier.exportKind === 'type' ? `type ${name}` : name)
    } else if (statement.source) {
      hooks.push([name, { form: 'from', local: name, statement, others }])
    } else {
      const local = specifier.local.name
      hooks.push([name, { form: 'listed', local, specifier, fn: functionOf(local, program) }])
    }
  }
  if (hooks.length > 0 && statement.source && others.includes('default')) {
    throw new ByHand('exports a hook and a default from another file in one statement', ['Make it two statements.'])
  }
  return hooks
}

/** The hooks that come by `export * from`, each with the source that it comes from. */
function starred(program: Program, path: string, read: ReadModule, depth: number): Map<Hook, string> {
  const found = new Map<Hook, string>()
  for (const statement of program.body) {
    if (statement.type !== 'ExportAllDeclaration' || statement.exportKind === 'type') continue
    const source = statement.source.value
    const module = depth > 0 ? read(source, path) : undefined
    if (!module) {
      throw new ByHand(`exports everything from '${source}', whose names can't be seen from here`, [
        `Name them: export { register, onRequestError } from '${source}', and run this command again.`,
      ])
    }
    const inner = parseSource(module.text, module.path).program
    const names = new Set(inner.body.flatMap(exportedNames))
    const further = starred(inner, module.path, read, depth - 1)
    for (const hook of HOOKS) {
      if (!names.has(hook) && !further.has(hook)) continue
      const other = found.get(hook)
      if (other !== undefined && other !== source) {
        throw new ByHand(`exports ${hook} from both '${other}' and '${source}'`, ['Name the one that is meant.'])
      }
      found.set(hook, source)
    }
  }
  return found
}

function exportedNames(statement: Statement): string[] {
  if (statement.type !== 'ExportNamedDeclaration') return []
  const listed = statement.specifiers.map(({ exported }) =>
    exported.type === 'Identifier' ? exported.name : exported.value,
  )
  return [...listed, ...(statement.declaration ? declaredNames(statement.declaration) : [])]
}

/** @returns the names that a statement declares with values, those of a pattern included */
export function declaredNames(statement: Statement): string[] {
  switch (statement.type) {
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
      return statement.id ? [statement.id.name] : []
    case 'VariableDeclaration':
      return statement.declarations.flatMap(({ id }) => boundNames(id))
    default:
      return []
  }
}

function boundNames(target: Node): string[] {
  switch (target.type) {
    case 'Identifier':
      return [target.name]
    case 'ObjectPattern':
      return target.properties.flatMap((one) => boundNames(one.type === 'RestElement' ? one : one.value))
    case 'ArrayPattern':
      return target.elements.flatMap((one) => (one ? boundNames(one) : []))
    case 'AssignmentPattern':
      return boundNames(target.left)
    case 'RestElement':
      return boundNames(target.argument)
    default:
      return []
  }
}

function functionOf(name: string, program: Program): FunctionNode | undefined {
  for (const statement of program.body) {
    const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (inner?.type === 'FunctionDeclaration' && inner.id?.name === name) return inner
    if (inner?.type !== 'VariableDeclaration') continue
    for (const { id, init } of inner.declarations) {
      if (id.type !== 'Identifier' || id.name !== name || !init) continue
      const node = bare(init)
      const isFunction = node.type === 'ArrowFunctionExpression' || node.type === 'FunctionExpression'
      return isFunction ? node : undefined
    }
  }
  return undefined
}

/** @returns the expression without TypeScript's `as`, `satisfies` and `!` around it, and without parentheses */
export function bare(expression: Expression): Expression {
  switch (expression.type) {
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return bare(expression.expression)
    default:
      return expression
  }
}

function usesModuleExports(program: Program): boolean {
  for (const node of nodesIn(program)) {
    if (node.type !== 'AssignmentExpression' || node.left.type !== 'MemberExpression') continue
    let object: Expression = node.left
    while (object.type === 'MemberExpression' && object.object.type !== 'Super') object = object.object
    if (object.type === 'Identifier' && (object.name === 'exports' || object.name === 'module')) return true
  }
  return false
}

function isHook(name: string): name is Hook {
  return name === 'register' || name === 'onRequestError'
}
