// The page as HTML: names the prebuilt client's files, and holds what the client begins with as JSON. It has no script and
// no style of its own, so that the strictest Content-Security-Policy lets it work.
import type { LiveQuestion } from '../trpc/live-answer'
import type { Status } from '../trpc/status'
import { loadClientAssets } from './assets'
import type { ClientAssets, PageName } from './client-assets'
import { escapeHtml } from './escape-html'
import type { PageStart, StatusStart } from './page-start'
import { pageStart, placeBelow, statusStart } from './page-start'

/** A URL's query, by name; of a name that stands there twice the first counts. */
export type PageQuery = Readonly<Record<string, string>>

/** What the page asks when it is opened with this query. The dashboard knows; it is handed in where the process starts. */
export type QuestionOf = (query: PageQuery, status: Status, ownRoutes: string) => LiveQuestion

/**
 * The overview at `url`, whose path begins with `base`: '' or `/shop/hearth`, without a slash at its end. Rejects while nothing
 * is measured yet, and where the client was not built.
 */
export function overviewDocument(base: string, url: URL, questionOf: QuestionOf, isLoggedIn = false) {
  return boardDocument('overview', base, url, questionOf, isLoggedIn)
}

/** Errors, below the same base. Rejects as the overview does. */
export function errorsDocument(base: string, url: URL, questionOf: QuestionOf, isLoggedIn = false) {
  return boardDocument('errors', base, url, questionOf, isLoggedIn)
}

async function boardDocument(
  name: PageName,
  base: string,
  url: URL,
  questionOf: QuestionOf,
  isLoggedIn: boolean,
): Promise<Response> {
  const place = placeBelow(base, isLoggedIn)
  const query = Object.fromEntries([...url.searchParams].reverse())
  const start = await pageStart(place, (status) => questionOf(query, status, place.ownRoutes))
  return answerDocument(base, name, start)
}

/** A page whose questions the browser asks, below the same base. Rejects as the overview does. */
export async function statusDocument(
  base: string,
  name: Exclude<PageName, 'overview' | 'errors'>,
  isLoggedIn = false,
): Promise<Response> {
  return answerDocument(base, name, statusStart(placeBelow(base, isLoggedIn)))
}

async function answerDocument(base: string, name: PageName, start: PageStart | StatusStart): Promise<Response> {
  const { page } = await loadClientAssets()
  return new Response(documentHtml(`${base}/assets/`, page, name, start), {
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
  })
}

const TITLES: Record<PageName, string> = {
  overview: 'Overview',
  explore: 'Explore',
  metrics: 'Metrics',
  boards: 'Boards',
  errors: 'Errors',
}

/** `assets` is the path of the files, with a slash at its end. */
export function documentHtml(
  assets: string,
  page: ClientAssets['page'],
  name: PageName,
  start: PageStart | StatusStart,
): string {
  const [script, ...imported] = page.scripts[name]
  const url = (name: string) => escapeHtml(assets + name)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLES[name]} · Hearth</title>
<meta name="description" content="Prometheus metrics, PromQL and a live dashboard inside this app.">
<meta name="theme-color" media="(prefers-color-scheme: light)" content="#ffffff">
<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#181715">
<link rel="icon" type="image/svg+xml" href="${url(page.icon)}">
<script src="${url(page.theme)}"></script>
<link rel="stylesheet" href="${url(page.style)}">
${page.fonts.map((name) => `<link rel="preload" as="font" type="font/woff2" crossorigin href="${url(name)}">\n`).join('')}\
${imported.map((name) => `<link rel="modulepreload" href="${url(name)}">\n`).join('')}\
<script type="module" src="${url(script)}"></script>
</head>
<body>
<div id="hearth"></div>
<noscript>The dashboard needs JavaScript, which is switched off in this browser.</noscript>
<script type="application/json" id="hearth-start">${escapeJson(JSON.stringify(start))}</script>
</body>
</html>
`
}

/** JSON that can't end the element around it, whatever is in its strings: a `<` is written as JSON has it for any character. */
function escapeJson(json: string): string {
  return json.replaceAll('<', '\\u003c')
}
