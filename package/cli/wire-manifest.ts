// package.json: one dependency more or less, in the order of the alphabet, with every other byte kept.
import type { ObjectExpression, ObjectProperty } from '@babel/types'
import MagicString from 'magic-string'
import type { Placed } from './source-code'
import { newlineOf, parseJson, placed } from './source-code'

const KINDS = ['dependencies', 'devDependencies']

/**
 * @param text valid JSON, an object
 * @param specifier a version, a range, a tag, a URL or a `file:`
 * @returns the text in which `dependencies` has this package by this specifier
 */
export function addDependency(text: string, name: string, specifier: string): string {
  const root = rootOf(text)
  const edited = new MagicString(text)
  const entry = `${JSON.stringify(name)}: ${JSON.stringify(specifier)}`
  const dependencies = objectIn(root, 'dependencies')
  const present = propertyIn(dependencies, name)
  if (present) {
    const { start, end } = placed(present)
    return edited.update(start, end, entry).toString()
  }
  if (dependencies && dependencies.properties.length > 0) {
    const gap = gapIn(dependencies, text)
    const properties = dependencies.properties.map(placed)
    const next = properties.findIndex((one) => one.type === 'ObjectProperty' && keyOf(one) > name)
    const previous = properties.at(next === -1 ? -1 : next - 1)
    if (next === 0 || !previous) edited.appendRight(properties[0]?.start ?? 0, `${entry},${gap}`)
    else edited.appendLeft(previous.end, `,${gap}${entry}`)
    return edited.toString()
  }
  // An empty object is filled within its line, so that removing can tell it from one that wasn't there.
  if (dependencies) return edited.appendLeft(dependencies.start + 1, entry).toString()
  const last = root.properties.at(-1)
  const gap = last ? gapIn(root, text) : `${newlineOf(text)}  `
  const deeper = gap.includes('\n') ? gap + gap.slice(gap.lastIndexOf('\n') + 1) : gap
  const added = `"dependencies": {${deeper}${entry}${gap}}`
  if (last) edited.appendLeft(placed(last).end, `,${gap}${added}`)
  else edited.appendLeft(root.start + 1, `${gap}${added}${newlineOf(text)}`)
  return edited.toString()
}

/** @returns the specifier of a dependency; undefined where it isn't there */
export function dependencyOf(text: string, name: string): string | undefined {
  const root = rootOf(text)
  for (const kind of KINDS) {
    const value = propertyIn(objectIn(root, kind), name)?.value
    if (value?.type === 'StringLiteral') return value.value
  }
  return undefined
}

/** @returns the text without this dependency; the same text where it isn't there */
export function removeDependency(text: string, name: string): string {
  const root = rootOf(text)
  let edited = text
  for (const kind of KINDS) {
    const object = objectIn(rootOf(edited), kind)
    const present = propertyIn(object, name)
    if (!object || !present) continue
    const isAlone = object.properties.length === 1
    const isOnLines = edited.slice(object.start, object.end).includes('\n')
    const outer = propertyIn(root, kind)
    edited = isAlone && isOnLines && outer ? without(edited, rootOf(edited), kind) : without(edited, object, name)
  }
  return edited
}

function without(text: string, object: Placed<ObjectExpression>, name: string): string {
  const index = object.properties.findIndex((one) => one.type === 'ObjectProperty' && keyOf(one) === name)
  const [previous, present, next] = [index - 1, index, index + 1].map((at) => {
    const property = object.properties[at]
    return property && placed(property)
  })
  if (!present) return text
  const from = previous ? previous.end : present.start
  const to = previous || !next ? present.end : next.start
  return text.slice(0, from) + text.slice(to)
}

function rootOf(text: string): Placed<ObjectExpression> {
  const root = parseJson(text)
  if (root.type !== 'ObjectExpression') throw new TypeError('Expected an object in package.json')
  return placed(root)
}

function objectIn(object: ObjectExpression, name: string): Placed<ObjectExpression> | undefined {
  const value = propertyIn(object, name)?.value
  return value?.type === 'ObjectExpression' ? placed(value) : undefined
}

function propertyIn(object: ObjectExpression | undefined, name: string): ObjectProperty | undefined {
  return object?.properties.find((one): one is ObjectProperty => one.type === 'ObjectProperty' && keyOf(one) === name)
}

function keyOf({ key }: ObjectProperty): string {
  return key.type === 'StringLiteral' ? key.value : ''
}

/** The white space before the first property, which stands before each. */
function gapIn(object: ObjectExpression, text: string): string {
  const [first] = object.properties
  return first ? text.slice(placed(object).start + 1, placed(first).start) : ''
}
