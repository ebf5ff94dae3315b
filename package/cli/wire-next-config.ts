// `experimental.instrumentationHook`, without which Next 14 reads no instrumentation file, in a next.config of any form.
// What is put in bears a comment, by which it is found again.
import type { Node, ObjectExpression, ObjectProperty, Program, SpreadElement } from '@babel/types'
import MagicString from 'magic-string'
import type { FoundObject, Scope } from './find-config'
import { configObjects, objectsOf } from './find-config'
import type { Place } from './marked-property'
import { insertMarked, MARK, markedProperties, removeMarked } from './marked-property'
import { ByHand } from './problem'
import type { Style } from './source-code'
import { nodesIn, parseSource, placed, styleOf } from './source-code'

const FLAG = 'instrumentationHook'
const ADVICE = ['Add by hand: experimental: { instrumentationHook: true }']

/** @returns the whole next.config.mjs, for an app that has none */
export function newNextConfig({ indent, newline, semicolon, quote }: Style): string {
  return [
    `/** @type {import(${quote}next${quote}).NextConfig} */`,
    'const nextConfig = {',
    `${indent}experimental: { ${FLAG}: true }, // ${MARK}`,
    `}${semicolon}`,
    '',
    `export default nextConfig${semicolon}`,
    '',
  ].join(newline)
}

/** @returns whether the file sets the flag, by us or by anybody */
export function isFlagSet(text: string, path: string): boolean {
  const { program } = parseSource(text, path)
  const flags = flagsIn(program)
  const found = configObjects(program) ?? []
  return flags.length > 0 && flags.every(isTrue) && found.every((one) => !holdsExperimental(one) || hasFlag(one))
}

/**
 * @param text of a file that doesn't set the flag
 * @throws ByHand for a form that can't be changed safely
 */
export function wireNextConfig(text: string, path: string): string {
  const { program } = parseSource(text, path)
  if (!flagsIn(program).every(isTrue)) throw new ByHand(`sets ${FLAG} to something else than true`, ADVICE)
  if (assignsExperimental(program)) throw new ByHand('assigns to experimental after it has made its object', ADVICE)
  const found = configObjects(program)
  if (!found) throw new ByHand("makes its configuration in a way that can't be followed", ADVICE)
  const style = styleOf(text, path)
  const edited = new MagicString(text)
  const places = new Map<ObjectExpression, Place>()
  for (const one of found) if (!hasFlag(one)) places.set(...placeIn(one))
  for (const place of places.values()) insertMarked(edited, text, place, style)
  return edited.toString()
}

/**
 * Takes out what `newNextConfig` and `wireNextConfig` wrote.
 * @returns the text as it was; undefined for the file of `newNextConfig`
 * @throws ByHand where what we wrote has been changed since
 */
export function unwireNextConfig(text: string, path: string): string | undefined {
  if (text === newNextConfig(styleOf(text, path))) return undefined
  const { program, comments } = parseSource(text, path)
  const edited = new MagicString(text)
  for (const { object, index, mark } of markedProperties(program, comments ?? [], text)) {
    const property = object.properties[index]
    if (!property || !isOurs(property)) {
      throw new ByHand(`has more than ours where it says "${MARK}"`, [`Remove ${FLAG} from it by hand.`])
    }
    removeMarked(edited, text, object, index, mark)
  }
  return edited.toString()
}

/** @returns the strings of `pageExtensions`, which the name of an instrumentation file ends with; undefined: Next's own */
export function pageExtensions(text: string, path: string): string[] | undefined {
  for (const { object } of configObjects(parseSource(text, path).program) ?? []) {
    for (const property of object.properties) {
      if (!isNamed(property, 'pageExtensions') || property.value.type !== 'ArrayExpression') continue
      return property.value.elements.flatMap((each) => (each?.type === 'StringLiteral' ? [each.value] : []))
    }
  }
  return undefined
}

/** Which property belongs into which object. */
function placeIn({ object, scope }: FoundObject): [ObjectExpression, Place] {
  const risky = object.properties.filter((one): one is SpreadElement => {
    return one.type === 'SpreadElement' && !isWithoutExperimental(one.argument, scope)
  })
  const after = risky.at(-1)
  const experimental = experimentalOf(object)
  if (experimental) {
    if (after && placed(after).start > placed(experimental).start) {
      throw new ByHand('spreads an object over experimental', ADVICE)
    }
    const inner = objectsOf(experimental.value, scope)
    const [first] = inner ?? []
    if (inner?.length !== 1 || !first) throw new ByHand('has an experimental that is no object of this file', ADVICE)
    const last = first.object.properties.findLast((one): one is SpreadElement => one.type === 'SpreadElement')
    return [first.object, { object: first.object, property: `${FLAG}: true`, after: last }]
  }
  const kept = risky.map(({ argument }) => {
    if (argument.type !== 'Identifier') throw new ByHand('spreads what may have an experimental of its own', ADVICE)
    // It may be undefined, which can be spread.
    return `...${argument.name}?.experimental, `
  })
  return [object, { object, property: `experimental: { ${kept.join('')}${FLAG}: true }`, after }]
}

/** Whether what is spread can be seen to have no `experimental`. */
function isWithoutExperimental(spread: Node, scope: Scope): boolean {
  if (spread.type === 'LogicalExpression' && spread.operator === '&&') return isWithoutExperimental(spread.right, scope)
  const found = objectsOf(spread, scope)
  return found?.every((one) => !holdsExperimental(one) && !experimentalOf(one.object)) ?? false
}

/** Whether an object may get an `experimental` by a spread. */
function holdsExperimental({ object, scope }: FoundObject): boolean {
  return object.properties.some((one) => {
    return one.type === 'SpreadElement' && !isWithoutExperimental(one.argument, scope)
  })
}

function hasFlag({ object, scope }: FoundObject): boolean {
  const experimental = experimentalOf(object)
  const inner = experimental ? objectsOf(experimental.value, scope) : undefined
  return inner?.every((one) => one.object.properties.some((each) => isNamed(each, FLAG))) ?? false
}

function experimentalOf(object: ObjectExpression): ObjectProperty | undefined {
  return object.properties.findLast((one): one is ObjectProperty => isNamed(one, 'experimental'))
}

/** All values that the flag is given anywhere in the file. */
function flagsIn(program: Program): Node[] {
  const values: Node[] = []
  for (const node of nodesIn(program)) {
    if (isNamed(node, FLAG)) values.push(node.value)
    else if (node.type === 'AssignmentExpression' && isMember(node.left, FLAG)) values.push(node.right)
  }
  return values
}

function assignsExperimental(program: Program): boolean {
  for (const node of nodesIn(program)) {
    if (node.type === 'AssignmentExpression' && isMember(node.left, 'experimental')) return true
  }
  return false
}

function isMember(node: Node, name: string): boolean {
  if (node.type !== 'MemberExpression' && node.type !== 'OptionalMemberExpression') return false
  return node.property.type === 'Identifier' && node.property.name === name
}

function isNamed(node: Node, name: string): node is ObjectProperty {
  if (node.type !== 'ObjectProperty' || node.computed) return false
  return node.key.type === 'Identifier'
    ? node.key.name === name
    : node.key.type === 'StringLiteral' && node.key.value === name
}

function isTrue(value: Node): boolean {
  return value.type === 'BooleanLiteral' && value.value
}

/** Whether a marked property is as it was written. */
function isOurs(property: Node): boolean {
  if (isNamed(property, 'experimental') && property.value.type === 'ObjectExpression') {
    return property.value.properties.every((one) => {
      return one.type === 'SpreadElement' ? isMember(one.argument, 'experimental') : isNamed(one, FLAG)
    })
  }
  return isNamed(property, FLAG)
}
