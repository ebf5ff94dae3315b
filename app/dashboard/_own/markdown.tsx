'use client'
// The text of a panel: Markdown into elements, one by one, so that nothing of a file is ever read as HTML. Pictures are not loaded:
// they would tell somebody else that the page is open.
import type { Token, Tokens } from 'marked'
import { lexer } from 'marked'
import type { ReactNode } from 'react'
import { useMemo } from 'react'
import styles from './own-place.module.css'

/** `isPlain` is no Markdown: of HTML it is the text alone. */
export function Markdown({ text, isPlain }: { text: string; isPlain: boolean }) {
  const drawn = useMemo(() => (isPlain ? textOfHtml(text) : drawAll(lexer(text))), [text, isPlain])
  return <div className={styles.markdown}>{drawn}</div>
}

function textOfHtml(html: string): string {
  // A document that is nobody's: it runs and loads nothing.
  return new DOMParser().parseFromString(html, 'text/html').body.textContent.trim()
}

/** Where nothing else is drawn, a file can nest so deep that a browser gives up. */
const DEEPEST = 20

function drawAll(tokens: readonly Token[] = [], depth = 0): ReactNode {
  if (depth > DEEPEST) return tokens.map(({ raw }) => raw).join('')
  // biome-ignore lint/suspicious/noArrayIndexKey: a token is its place
  return tokens.map((token, i) => <Drawn key={i} token={token} depth={depth} />)
}

function Drawn({ token, depth }: { token: Token; depth: number }): ReactNode {
  const inner = () => drawAll('tokens' in token ? token.tokens : [], depth + 1)
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'heading':
      return <h3>{inner()}</h3>
    case 'paragraph':
      return <p>{inner()}</p>
    case 'strong':
      return <strong>{inner()}</strong>
    case 'em':
      return <em>{inner()}</em>
    case 'del':
      return <del>{inner()}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'code':
      return <pre>{token.text}</pre>
    case 'br':
      return <br />
    case 'hr':
      return <hr />
    case 'blockquote':
      return <blockquote>{inner()}</blockquote>
    case 'link':
      return isSafe(token.href) ? (
        <a href={token.href} rel="noreferrer noopener" target="_blank">
          {inner()}
        </a>
      ) : (
        inner()
      )
    case 'image':
      return `[${token.text || 'picture'}]`
    case 'list': {
      const { ordered, items } = token as Tokens.List
      // biome-ignore lint/suspicious/noArrayIndexKey: an item is its place
      const drawn = items.map((item, i) => <li key={i}>{drawAll(item.tokens, depth + 1)}</li>)
      return ordered ? <ol>{drawn}</ol> : <ul>{drawn}</ul>
    }
    case 'table': {
      const { header, rows } = token as Tokens.Table
      return (
        <table>
          <tbody>
            {[header, ...rows].map((cells, row) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
              <tr key={row}>
                {cells.map((cell, i) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its column
                  <td key={i}>{drawAll(cell.tokens, depth + 1)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )
    }
    case 'escape':
      return token.text
    case 'text':
      return 'tokens' in token && token.tokens !== undefined ? inner() : token.text
    default:
      // HTML as it is written.
      return token.raw
  }
}

const isSafe = (href: string) => /^(?:https?:\/\/|mailto:|#)/i.test(href)
