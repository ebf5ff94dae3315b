// The object literals that a next.config is made of, whatever is wrapped around them.
import type {
  ArgumentPlaceholder,
  Expression,
  Node,
  ObjectExpression,
  Program,
  SpreadElement,
  Statement,
} from '@babel/types'
import { bare } from './find-hooks'
import { nodesIn } from './source-code'

/** How many variables, calls and functions one expression is followed through. */
const FOLLOW_DEPTH = 20

/** What is known where an expression stands: the statements of its function, then those around it. */
export type Scope = readonly (readonly Statement[])[]

export type FoundObject = { object: ObjectExpression; scope: Scope }

/** @returns the objects, one for each way the configuration may go; undefined where one of them can't be told */
export function configObjects(program: Program): FoundObject[] | undefined {
  const exported = exportedExpression(program)
  return exported && objectsOf(exported, [program.body], FOLLOW_DEPTH)
}

/** @returns the objects that an expression gives; undefined where that can't be told from this file */
export function objectsOf(expression: Node, scope: Scope, depth: number = FOLLOW_DEPTH): FoundObject[] | undefined {
  if (depth === 0) return undefined
  const follow = (next: Node, inside: Scope = scope) => objectsOf(next, inside, depth - 1)
  switch (expression.type) {
    case 'ObjectExpression':
      return [{ object: expression, scope }]
    case 'TSAsExpression':
    case 'TSSatisfiesExpression':
    case 'TSNonNullExpression':
    case 'ParenthesizedExpression':
      return follow(bare(expression))
    case 'AwaitExpression':
      return follow(expression.argument)
    case 'AssignmentExpression':
      return follow(expression.right)
    case 'ConditionalExpression':
      return every([follow(expression.consequent), follow(expression.alternate)])
    case 'Identifier': {
      const bound = bindingOf(expression.name, scope)
      return bound && follow(bound.value, bound.scope)
    }
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression': {
      if (expression.body.type !== 'BlockStatement') return follow(expression.body)
      const inside = [expression.body.body, ...scope]
      return every(returned(expression.body).map((value) => follow(value, inside)))
    }
    case 'CallExpression':
      return objectsOfCall(expression.callee, expression.arguments, scope, depth)
    default:
      return undefined
  }
}

/** `withX(config)`, `withX(options)(config)`, `plugins.reduce((config, add) => add(config), config)`, `build()`. */
function objectsOfCall(
  callee: Expression | Node,
  given: readonly (Expression | SpreadElement | ArgumentPlaceholder | Node)[],
  scope: Scope,
  depth: number,
): FoundObject[] | undefined {
  // Object.assign({}, config): a later object wins over what is put into the first.
  if (
    callee.type === 'MemberExpression' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'assign'
  ) {
    return undefined
  }
  const isFunction = ({ type }: Node) => type === 'ArrowFunctionExpression' || type === 'FunctionExpression'
  for (const argument of [...given.filter((one) => !isFunction(one)), ...given.filter(isFunction)]) {
    const found = objectsOf(argument, scope, depth - 1)
    if (found) return found
  }
  const called = callee.type === 'Identifier' ? bindingOf(callee.name, scope) : undefined
  const isOwn = called && (isFunction(called.value) || called.value.type === 'FunctionDeclaration')
  return given.length === 0 && isOwn ? objectsOf(called.value, called.scope, depth - 1) : undefined
}

function exportedExpression(program: Program): Node | undefined {
  for (const statement of program.body) {
    if (statement.type === 'ExportDefaultDeclaration') return statement.declaration
    if (statement.type === 'ExportNamedDeclaration' && !statement.source) {
      for (const one of statement.specifiers) {
        const { exported } = one
        const name = exported.type === 'Identifier' ? exported.name : exported.value
        if (one.type === 'ExportSpecifier' && name === 'default') return one.local
      }
    }
    if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'AssignmentExpression') continue
    const { left, right } = statement.expression
    if (left.type !== 'MemberExpression' || left.object.type !== 'Identifier' || left.property.type !== 'Identifier') {
      continue
    }
    if (left.object.name === 'module' && left.property.name === 'exports') return right
  }
  return undefined
}

/** What a name stands for, and the scope of that. */
function bindingOf(name: string, scope: Scope): { value: Node; scope: Scope } | undefined {
  for (const [depth, statements] of scope.entries()) {
    for (const statement of statements) {
      const inner = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
      if (inner?.type === 'FunctionDeclaration' && inner.id?.name === name) {
        return { value: inner, scope: scope.slice(depth) }
      }
      if (inner?.type !== 'VariableDeclaration') continue
      for (const { id, init } of inner.declarations) {
        if (id.type === 'Identifier' && id.name === name && init) return { value: init, scope: scope.slice(depth) }
      }
    }
  }
  return undefined
}

/** What a function's own `return`s give, without those of functions inside it. */
function returned(body: Node): Node[] {
  const inner = new Set<Node>()
  const values: Node[] = []
  for (const node of nodesIn(body)) {
    if (inner.has(node)) continue
    if (/Function|ObjectMethod|ClassMethod/.test(node.type)) for (const each of nodesIn(node)) inner.add(each)
    else if (node.type === 'ReturnStatement' && node.argument) values.push(node.argument)
  }
  return values
}

function every(found: (FoundObject[] | undefined)[]): FoundObject[] | undefined {
  const objects: FoundObject[] = []
  for (const each of found) {
    if (!each) return undefined
    for (const one of each) if (!objects.some(({ object }) => object === one.object)) objects.push(one)
  }
  return objects.length > 0 ? objects : undefined
}
