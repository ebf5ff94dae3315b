// The document holds no script and no style of its own, and what it begins with can't end the element that it stands in.
import { describe, expect, test } from 'vitest'
import type { ClientAssets } from './client-assets'
import { documentHtml } from './document'
import type { PageStart } from './page-start'

const page: ClientAssets['page'] = {
  scripts: {
    overview: ['overview-0.js', 'shared-0.js'],
    explore: ['explore-0.js', 'shared-0.js'],
    metrics: ['metrics-0.js'],
    boards: ['boards-0.js'],
    errors: ['errors-0.js'],
  },
  style: 'style-0.css',
  theme: 'theme-0.js',
  icon: 'icon-0.svg',
  fonts: ['a-0.woff2', 'b-0.woff2'],
}

/** As a browser does: the element ends where its name is closed first, whatever stands before. */
function startIn(html: string): unknown {
  const [, text] = /<script type="application\/json" id="hearth-start">(.*?)<\/script/is.exec(html) ?? []
  return JSON.parse(text ?? '')
}

const startWith = (text: string) => ({ exceptions: [{ message: text }], [text]: text }) as unknown as PageStart

describe.each([
  ['an end of the element', '</script><script>alert(1)</script>'],
  ['one in capitals', '</SCRIPT >'],
  ['a comment, after which an end would not count', '<!--<script>'],
  ['the end of a comment', '-->'],
  ['quotes and backslashes', '"\\"\\\\u003c/script>\\'],
  ['entities', '&lt;/script&gt;&quot;'],
  ['half a character', '\ud800 \udc00 \u2028 \u0000'],
  ['a replacement', "$& $1 $' $`"],
])('with %s in a message and in a name', (_sentence, text) => {
  const start = startWith(text)
  const html = documentHtml('/hearth/assets/', page, 'overview', start)

  test('the client reads what was written', () => {
    expect(startIn(html)).toEqual(start)
  })

  test('no element is there that the document has not without it', () => {
    const tags = (of: string) => of.match(/<[^>]*>/g)
    expect(tags(html.replace(/(id="hearth-start">).*?(<\/script)/is, '$1$2'))).toEqual(
      tags(documentHtml('/hearth/assets/', page, 'overview', {} as PageStart).replace('{}', '')),
    )
  })
})

test('the policy of the package allows all of it: every script and style is a file of the same origin', () => {
  const html = documentHtml('/shop/hearth/assets/', page, 'explore', startWith('x'))
  expect(html).not.toMatch(/<style|\sstyle=|\son[a-z]+=|javascript:/i)
  const scripts = html.match(/<script[^>]*>/g)
  expect(scripts).toEqual([
    '<script src="/shop/hearth/assets/theme-0.js">',
    '<script type="module" src="/shop/hearth/assets/explore-0.js">',
    '<script type="application/json" id="hearth-start">',
  ])
  const urls = [...html.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url]) => url)
  expect(urls).toHaveLength(7)
  expect(urls.every((url) => url?.startsWith('/shop/hearth/assets/'))).toBe(true)
})

test('a base path can’t end the attribute that it stands in', () => {
  expect(documentHtml('/"><script>/assets/', page, 'overview', startWith('x'))).toContain(
    'src="/&quot;&gt;&lt;script&gt;/assets/overview-0.js"',
  )
})
