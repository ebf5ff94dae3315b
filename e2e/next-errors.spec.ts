// Whatever fails in a Next app is counted once, as an exception and as an answer, under the template of what failed.
import { expect, test } from '@playwright/test'
import type { AppName, FailingApp } from './failing-app'
import { startFailingApp } from './failing-app'

type Failure = {
  sentence: string
  path: string
  /** The answer: `method route status`. */
  counted: string
  /** `route kind`, where it is an exception. */
  exception?: string
  isOfPages?: true
  send?(url: string): Promise<unknown>
}

const FAILURES: Failure[] = [
  { sentence: 'proxy.ts that throws', path: '/proxy/throws', counted: 'GET (proxy) 500', exception: '(proxy) proxy' },
  { sentence: 'proxy.ts that answers 500', path: '/proxy/answers', counted: 'GET (proxy) 500' },
  {
    sentence: 'a page that is rendered once in a while',
    path: '/fresh/7',
    counted: 'GET /fresh/[id] 500',
    exception: '/fresh/[id] render',
  },
  { sentence: 'a page', path: '/dynamic/7', counted: 'GET /dynamic/[id] 500', exception: '/dynamic/[id] render' },
  { sentence: 'the title of a page', path: '/titled', counted: 'GET /titled 200', exception: '/titled render' },
  {
    sentence: 'a handler',
    path: '/api/things/7',
    counted: 'GET /api/things/[id] 500',
    exception: '/api/things/[id] route',
  },
  {
    sentence: 'an action of a browser without JavaScript',
    path: '/form',
    send: postForm,
    counted: 'POST /form 500',
    exception: '/form render',
  },
  { sentence: 'a path that nothing matches', path: '/no/such/path', counted: 'GET /_not-found 404' },
  {
    sentence: 'a page of pages/',
    path: '/old/7',
    counted: 'GET /old/[id] 500',
    exception: '/old/[id] render',
    isOfPages: true,
  },
  { sentence: 'a page of pages/ that finds nothing', path: '/old/gone', counted: 'GET /old/[id] 404', isOfPages: true },
  {
    sentence: 'a page of pages/ that is rendered once in a while',
    path: '/stale/7',
    counted: 'GET /stale/[id] 500',
    exception: '/stale/[id] render',
    isOfPages: true,
  },
  {
    sentence: 'a handler of pages/',
    path: '/api/old',
    counted: 'GET /api/old 500',
    exception: '/api/old route',
    isOfPages: true,
  },
]

const SCENES: [name: AppName, mode: 'start' | 'dev'][] = [
  ['app/ alone', 'start'],
  ['app/ beside pages/', 'start'],
  ['app/ beside pages/ with error pages', 'start'],
  ['app/ beside pages/', 'dev'],
]

for (const [name, mode] of SCENES) {
  test.describe(`${name} (${mode})`, () => {
    test.describe.configure({ mode: 'serial' })
    let app: FailingApp

    test.beforeAll(async () => {
      test.setTimeout(600_000)
      app = await startFailingApp(name, mode)
      await expect.poll(() => isThere(app.url), { timeout: 180_000 }).toBe(true)
    })
    test.afterAll(() => app.kill())

    for (const { sentence, path, counted, exception, isOfPages, send } of FAILURES) {
      if (isOfPages && name === 'app/ alone') continue
      test(`${sentence} is counted once`, async () => {
        const before = await read(app.metrics)
        await (send ?? ((url: string) => fetch(url + path)))(app.url)
        const expected = [counted, ...(exception === undefined ? [] : [`${exception} RangeError`])].map((key) => [
          key,
          1,
        ])
        await expect
          .poll(async () => changes(before, await read(app.metrics), path))
          .toEqual(Object.fromEntries(expected))
      })
    }
  })
}

async function isThere(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}

async function postForm(url: string): Promise<void> {
  const html = await (await fetch(`${url}/form`)).text()
  const [action = ''] = /\$ACTION_ID_\w+/.exec(html) ?? []
  const body = new FormData()
  body.append(action, '')
  await fetch(`${url}/form`, { method: 'POST', body })
}

const SERIES = /^(?:requests_total|exceptions_total)\{(.*)\} (\d+)$/gm

async function read(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(url)).text()
  return new Map(
    [...text.matchAll(SERIES)].map(([, labels = '', value]) => [
      [...labels.matchAll(/"([^"]*)"/g)].map(([, label]) => label).join(' '),
      Number(value),
    ]),
  )
}

/** Without the form itself, which is asked for first. */
function changes(before: Map<string, number>, after: Map<string, number>, path: string): Record<string, number> {
  const changed = [...after].map(([key, value]): [string, number] => [key, value - (before.get(key) ?? 0)])
  return Object.fromEntries(changed.filter(([key, by]) => by !== 0 && !(path === '/form' && key.startsWith('GET '))))
}
