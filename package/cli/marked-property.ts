// A property that is added to an object literal under a comment. By that comment it is found again and removed, to the byte.
import type { Comment, Node, ObjectExpression, SpreadElement } from '@babel/types'
import type MagicString from 'magic-string'
import type { Placed, Style } from './source-code'
import { nodesIn, placed } from './source-code'

/** What the comment says. */
export const MARK = 'for hearth-metrics'

/** Which property goes into which object. `after`: a spread that would undo it, if it stood before. */
export type Place = { object: ObjectExpression; property: string; after: SpreadElement | undefined }

export type Marked = { object: Placed<ObjectExpression>; index: number; mark: Comment }

/** @returns the properties that are followed by the comment, a comma perhaps between them */
export function markedProperties(program: Node, comments: readonly Comment[], text: string): Marked[] {
  const marks = comments.filter(({ value }) => value.trim() === MARK)
  const found: Marked[] = []
  for (const node of nodesIn(program)) {
    if (node.type !== 'ObjectExpression') continue
    for (const [index, property] of node.properties.entries()) {
      const { end } = placed(property)
      const mark = marks.find(
        ({ start = 0 }) => start >= end && /^[^\S\n\r]*,?[^\S\n\r]*$/.test(text.slice(end, start)),
      )
      if (mark) found.push({ object: placed(node), index, mark })
    }
  }
  return found
}

/**
 * First in the object, where nothing can be in the way, or after a spread that would undo it. Four forms, which `removeMarked`
 * tells apart, and which formatters leave as they are:
 * A: on a line of its own in an object of several lines, with a line comment after its comma;
 * B: within the line of the brace, with a block comment before its comma;
 * C: on a line of its own in what was `{}`, with a block comment before its comma;
 * D: after a spread, with a comma before it and a block comment after it.
 */
export function insertMarked(
  edited: MagicString,
  text: string,
  { object, property, after }: Place,
  style: Style,
): void {
  const { newline } = style
  if (after) {
    const indent = /(?<=[\n\r])[^\S\n\r]*$/.exec(text.slice(0, placed(after).start))?.[0]
    edited.appendLeft(placed(after).end, `,${indent === undefined ? ' ' : newline + indent}${property} /* ${MARK} */`)
    return
  }
  const { start, end } = placed(object)
  const [first] = object.properties
  const outer = indentAt(text, start)
  const firstIndent = first && indentAt(text, placed(first).start)
  const indent = firstIndent !== undefined && firstIndent !== outer ? firstIndent : outer + style.indent
  const inside = text.slice(start + 1, end - 1)
  const isBroken = /^[^\S\n\r]*\r?\n/.test(inside)
  const added =
    inside === ''
      ? `${newline}${indent}${property} /* ${MARK} */,${newline}${outer}`
      : isBroken
        ? `${newline}${indent}${property}, // ${MARK}`
        : ` ${property} /* ${MARK} */${first ? ',' : ''}`
  edited.appendLeft(start + 1, added)
}

/** Takes a property that `insertMarked` wrote out again, with all that was written around it. */
export function removeMarked(
  edited: MagicString,
  text: string,
  object: Placed<ObjectExpression>,
  index: number,
  mark: Comment,
): void {
  const property = placed(object.properties[index] ?? object)
  const previous = object.properties[index - 1]
  const { start: markStart = 0, end: markEnd = 0 } = mark
  const isAfterComma = text.slice(property.end, markStart).includes(',')
  const from = previous ? placed(previous).end : object.start + 1
  if (isAfterComma) {
    edited.remove(previous ? text.indexOf(',', from) + 1 : from, markEnd)
  } else if (previous) {
    // The comma behind it was there before.
    edited.remove(from, markEnd)
  } else {
    const to = markEnd + (text[markEnd] === ',' ? 1 : 0)
    const isAlone = text.slice(to, object.end - 1).trim() === ''
    edited.remove(from, isAlone && text.slice(from, property.start).includes('\n') ? object.end - 1 : to)
  }
}

/** The white space that a line begins with. */
function indentAt(text: string, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1, position)
  return /^\s*/.exec(line)?.[0] ?? ''
}
