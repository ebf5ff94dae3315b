// JavaScript and TypeScript as a syntax tree with the place of each node, so that a change is an edit of the text at that
// place and every other byte stays. Babel's parser with magic-string was chosen by measuring (minified, bundled): 330 KB,
// and all bytes kept. magicast (490 KB) and recast (640 KB) print anew what they changed: CRLF became LF, a byte order mark
// was lost, semicolons came into files without any. ts-morph keeps the text and takes 6.9 MB. Babel 7, since 8 needs Node 22.

import type { ParserPlugin } from '@babel/parser'
import { parse, parseExpression } from '@babel/parser'
import type { Expression, File, Node } from '@babel/types'
import { ByHand } from './problem'

/** How the author of a file writes. */
export type Style = { newline: string; indent: string; quote: string; semicolon: string }

export const DEFAULT_STYLE: Style = { newline: '\n', indent: '  ', quote: "'", semicolon: '' }

/** A node that was parsed, and so has a place in the text. */
export type Placed<T extends Node = Node> = T & { start: number; end: number }

/**
 * @param path tells TypeScript and JSX by its ending
 * @throws ByHand where it is no JavaScript
 */
export function parseSource(text: string, path: string): File {
  const typed: ParserPlugin[] = ['typescript', 'decorators-legacy']
  const plugins: ParserPlugin[] = /\.[mc]?ts$/.test(path) ? typed : /\.tsx$/.test(path) ? [...typed, 'jsx'] : ['jsx']
  try {
    return parse(text, { sourceType: 'unambiguous', plugins, tokens: true })
  } catch (error) {
    throw new ByHand(`can't be parsed: ${error instanceof Error ? error.message : String(error)}`, [
      'Mend the file, and run this command again.',
    ])
  }
}

/**
 * The tree of a JSON text, as the expression that it is, with places.
 * @param text valid JSON
 */
export function parseJson(text: string): Expression {
  return parseExpression(text)
}

/** @returns the node, known to have a place */
export function placed<T extends Node>(node: T): Placed<T> {
  if (!isPlaced(node)) throw new TypeError(`Expected a ${node.type} with a place in the text`)
  return node
}

/** @returns the text of a node */
export function textOf(text: string, node: Node): string {
  const { start, end } = placed(node)
  return text.slice(start, end)
}

/** Every node below and including this one, in the order of the text. */
export function* nodesIn(node: Node): Generator<Node> {
  yield node
  for (const [key, value] of Object.entries(node)) {
    if (/comments$/i.test(key) || key === 'tokens' || key === 'loc' || key === 'extra') continue
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* nodesIn(child)
  }
}

/**
 * @param text of a whole file; an empty one gives the defaults
 * @throws ByHand where it is no JavaScript
 */
export function styleOf(text: string, path: string): Style {
  const quotes = { "'": 0, '"': 0 }
  let [ended, open] = [0, 0]
  const { program } = parseSource(text, path)
  for (const node of nodesIn(program)) {
    if (node.type === 'StringLiteral' || node.type === 'DirectiveLiteral') {
      const first = text[placed(node).start]
      if (first === "'" || first === '"') quotes[first] += 1
    }
    if (!/^(ImportDeclaration|Export.*Declaration|VariableDeclaration|ExpressionStatement)$/.test(node.type)) continue
    // These end as what they declare does.
    if (node.type === 'ExportNamedDeclaration' && node.declaration) continue
    if (node.type === 'ExportDefaultDeclaration' && /^(Function|Class)/.test(node.declaration.type)) continue
    if (text[placed(node).end - 1] === ';') ended += 1
    else open += 1
  }
  return {
    newline: newlineOf(text),
    indent: /^(\t| {2,8})(?=[^\s*])/m.exec(text)?.[1] ?? DEFAULT_STYLE.indent,
    quote: quotes['"'] > quotes["'"] ? '"' : "'",
    semicolon: ended > open ? ';' : '',
  }
}

/** @returns the line ending of a text */
export function newlineOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n'
}

function isPlaced<T extends Node>(node: T): node is Placed<T> {
  return typeof node.start === 'number' && typeof node.end === 'number'
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}
