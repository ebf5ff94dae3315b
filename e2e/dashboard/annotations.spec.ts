// What happened stands in every chart over time: starts of the process, new builds, and notes that somebody posted.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator } from '@playwright/test'
import { expect } from '@playwright/test'
import { test } from '../dashboard-test'
import { Overview } from '../pages/overview'
import { send } from '../send'
import { startServer } from '../start-server'

test.use({ tolerated: /ERR_(?:CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)/ })

const CHARTS = ['Requests', 'Latency heat map', 'Latency percentiles', 'Memory by kind', 'Event loop delay']

const marks = (panel: Locator, kind: string) => panel.locator(`[data-annotation="${kind}"]`)

function post(url: string, body: object): Promise<Response> {
  return fetch(`${url}/api/annotations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

test('a start, a new build and a note are marked, and PromQL knows them, also after a restart', async ({ page }) => {
  const dataDir = mkdtempSync(join(tmpdir(), 'hearth-annotations-'))
  const env = { DATA_DIR: dataDir, FLUSH_INTERVAL: '1s' }
  const first = await startServer({ env: { ...env, DEPLOY_VERSION: 'build-one' } })
  await page.goto(`${first.url}/dashboard?range=5m`)
  const overview = new Overview(page)
  await overview.becomesLive()
  await send(first.url, '/demo/slow?ms=5', 5)
  for (const title of CHARTS) await expect(marks(overview.panel(title), 'start')).toHaveCount(1)
  await expect(marks(overview.panel('Requests'), 'build')).toHaveCount(0)

  const posted = await post(first.url, { text: 'v2 is out', tags: ['deploy', 'api'] })
  expect([posted.status, await posted.json()]).toEqual([200, { id: expect.any(Number), message: 'Annotation added' }])
  for (const title of CHARTS) await expect(marks(overview.panel(title), 'note')).toHaveCount(1)
  expect(await first.stop()).toBe(143)

  const second = await startServer({ port: first.port, env: { ...env, DEPLOY_VERSION: 'build-two' } })
  try {
    await overview.becomesLive()
    for (const title of CHARTS) {
      await expect(marks(overview.panel(title), 'build')).toHaveCount(1)
      await expect(marks(overview.panel(title), 'note')).toHaveCount(1)
    }
    await overview.pause.click()
    const told = (await overview.readings(overview.panel('Latency percentiles'))).flatMap(({ rows }) => [
      ...rows.keys(),
    ])
    expect(told).toContainEqual(expect.stringMatching(/^\d\d:\d\d:\d\d v2 is out \(deploy$/))
    expect(told).toContainEqual(expect.stringMatching(/^\d\d:\d\d:\d\d Process started$/))
    expect(told).toContainEqual(expect.stringMatching(/^\d\d:\d\d:\d\d New build build-two$/))

    // A reader who comes later sees the same, from the history.
    await page.reload()
    for (const kind of ['start', 'build', 'note']) {
      await expect(marks(overview.panel('Requests'), kind)).toHaveCount(1)
    }
    const listed = await (await fetch(`${second.url}/api/annotations`)).json()
    expect(listed).toMatchObject([{ text: 'v2 is out', tags: ['deploy', 'api'], time: expect.any(Number) }])
    const query = encodeURIComponent('count(last_over_time(build_info[5m]))')
    const answer = await (await fetch(`${second.url}/prometheus/api/v1/query?query=${query}`)).json()
    expect(answer.data.result[0].value[1]).toBe('2')
  } finally {
    await second.kill()
    rmSync(dataDir, { recursive: true, force: true })
  }
})

test('a note needs what every door needs, and no page of another origin may post it', async () => {
  const server = await startServer({ env: { HEARTH_TOKEN: 'opens', HEARTH_ORIGINS: 'https://grafana.example' } })
  const ask = async (headers: Record<string, string>, body = '{"text": "a"}') => {
    const answer = await fetch(`${server.url}/api/annotations`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
    return [answer.status, await answer.text()]
  }
  try {
    const bearer = { authorization: 'Bearer opens' }
    expect((await ask({}))[0]).toBe(401)
    expect((await ask({ authorization: 'Bearer wrong' }))[0]).toBe(401)
    expect((await ask(bearer))[0]).toBe(200)
    expect((await ask({ ...bearer, origin: 'https://grafana.example' }))[0]).toBe(403)
    expect((await ask({ ...bearer, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }))[0]).toBe(403)
    expect(await ask(bearer, '{"text": ""}')).toEqual([
      400,
      '{"message":"text: expected a text of 1 to 500 characters, got \\"\\""}',
    ])
  } finally {
    await server.kill()
  }
})
