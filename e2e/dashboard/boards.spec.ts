// Boards from files: those of the community's kind, drawn live, with the numbers that the API answers.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'
import { machineTarget, nodeTarget } from '../boards-targets'
import { freshTest } from '../dashboard-test'
import type { Exposing } from '../exposing'
import { freePort } from '../free-port'

const FILES = ['node-exporter.json', 'nodejs.json']

const test = freshTest.extend<{ folder: string; machine: Exposing; node: Exposing; ownPort: number }>({
  folder: async ({}, provide) => {
    const folder = mkdtempSync(join(tmpdir(), 'boards-'))
    for (const file of FILES) writeFileSync(join(folder, file), readFileSync(join('e2e', 'boards', file)))
    writeFileSync(join(folder, 'broken.json'), '{"title": "Cut off", "panels": [')
    await provide(folder)
    rmSync(folder, { recursive: true })
  },
  machine: async ({}, provide) => {
    const target = await machineTarget()
    await provide(target)
    target.close()
  },
  node: async ({}, provide) => {
    const target = await nodeTarget()
    await provide(target)
    target.close()
  },
  ownPort: async ({}, provide) => provide(await freePort()),
  variables: async ({ folder, machine, node, ownPort }, provide) => {
    const targets = `node=http://${machine.address}/metrics,nodejs=http://${node.address}/metrics`
    await provide({ BOARDS: folder, HEARTH_PORT: `${ownPort}`, SCRAPE_TARGETS: targets })
  },
})

const boards = (page: Page) => page.getByRole('list', { name: 'Boards' })
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const row = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`^${name}`) })

/** The newest value that the API has. */
async function ask(page: Page, query: string): Promise<number> {
  const response = await page.request.post('/prometheus/api/v1/query', { form: { query } })
  const { data }: { data: { result: { value: [number, string] }[] } } = await response.json()
  return Number(data.result[0]?.value[1])
}

const numberIn = async (place: Locator) => Number(((await place.textContent()) ?? '').replace(/[^\d.]/g, ''))

test('a folder is a list of boards, and a file that is none is named with its reason', async ({
  folder,
  overview,
  page,
}) => {
  await page.goto('/dashboard/boards')
  await overview.becomesLive()
  await expect(boards(page).getByRole('link')).toHaveText([
    'My board',
    'Node Exporter, shaped like the full one',
    'NodeJS Application, shaped like the community’s'.replace('’', "'"),
  ])
  await expect(boards(page).getByRole('listitem').filter({ hasText: 'broken.json' })).toContainText(
    'This file is no board: expected JSON',
  )
  await isAccessible(page)

  writeFileSync(join(folder, 'later.json'), JSON.stringify({ title: 'Written later', panels: [] }))
  await boards(page).getByRole('link', { name: 'Written later' }).click()
  await expect(page.getByRole('heading', { name: 'Written later' })).toBeVisible()
  const panels = [{ type: 'stat', title: 'One', targets: [{ expr: 'vector(42)' }] }]
  writeFileSync(join(folder, 'later.json'), JSON.stringify({ title: 'Changed since', panels }))
  await expect(page.getByRole('heading', { name: 'Changed since' })).toBeVisible()
  await expect(region(page, 'One')).toContainText('42')
  writeFileSync(join(folder, 'later.json'), '[]')
  await expect(page.getByRole('main').getByRole('alert')).toContainText(
    "later.json is no board: expected a dashboard in Grafana's model, an object, got []",
  )
})

test('a board like that of node_exporter shows what the API answers', async ({ machine, overview, page }) => {
  await page.goto('/dashboard/boards?board=node-exporter.json')
  await overview.becomesLive()
  await expect(page.getByLabel('Job')).toHaveValue('node')
  await expect(page.getByLabel('Nodename')).toHaveValue('box')
  await expect(page.getByLabel('Instance')).toHaveValue(machine.address)

  const busy = region(page, 'CPU Busy').locator('strong')
  await expect(busy).toHaveText(/^\d+\.\d%$/)
  const asked = '100 * (1 - avg(rate(node_cpu_seconds_total{mode="idle"}[4s])))'
  await expect.poll(async () => Math.abs((await numberIn(busy)) - (await ask(page, asked)))).toBeLessThan(8)
  await expect(region(page, 'CPU Cores')).toContainText('2')
  await expect(region(page, 'RAM Total').locator('strong')).toHaveText('16 GiB')
  await expect(region(page, 'Root FS Used').locator('strong')).toHaveText('76.0%')
  await expect(region(page, 'Uptime')).toContainText('3.1 d')
  await expect(region(page, 'Disk Space Used Basic').getByRole('listitem')).toHaveText([
    /^\/\s*76\.0%/,
    /^\/data\s*25\.0%/,
  ])
  const [cpu, network] = [region(page, 'CPU Basic'), region(page, 'Network Traffic Basic')]
  await expect(cpu.getByText('100%', { exact: true })).toBeVisible()
  // In the colours that the file gives, and what is sent downwards.
  await expect(cpu.locator('path[fill="var(--client)"]')).toHaveCount(1)
  await expect(network.getByText(/^−\d/).first()).toBeVisible()
  await expect(page.getByText(/^Not drawn/)).toHaveCount(0)
  await isAccessible(page)

  await row(page, 'Storage Disk').click()
  const files = region(page, 'Filesystems')
  await expect(files.getByRole('columnheader')).toHaveText([
    'device',
    'fstype',
    'Mounted at',
    'Size',
    'Available',
    'Files free',
  ])
  await expect(files.getByRole('row').nth(1)).toContainText('/dev/sda1')
  await expect(files.getByRole('row').filter({ hasText: '/data' })).toContainText(
    /186\.26 GiB\s*139\.70 GiB\s*9,000,000/,
  )
  await files.getByRole('button', { name: 'Available' }).click()
  await expect(files.getByRole('row').nth(1)).toContainText('/data')
  await expect(region(page, 'Disk IOps').getByRole('listitem')).toHaveText([/nvme0n1 - Read/, /sda - Read/])

  await row(page, 'Node Exporter').click()
  await expect(region(page, 'Alerts')).toContainText('panels of the type alertlist are not drawn here')
  await expect(region(page, 'Logs')).toContainText('its data source is loki: only Prometheus is asked')
  await isAccessible(page)
})

test("a board like prom-client's, of an older Grafana: its variable is chosen, and stands in the address", async ({
  browser,
  node,
  overview,
  page,
}) => {
  await page.goto('/dashboard/boards?board=nodejs.json')
  await overview.becomesLive()
  await expect(region(page, 'Node.js version').locator('strong')).toHaveText(process.version)
  const about = region(page, 'About')
  await expect(about).toContainText('Heap of All')
  await expect(about).toContainText('<script>alert(1)</script>')
  await expect(about.getByRole('link')).toHaveText(['the docs'])
  await expect(region(page, 'Heap by space')).toContainText(
    'panels of the type grafana-piechart-panel are not drawn here',
  )

  await page.getByLabel(/^instance: /).click()
  await page.getByRole('checkbox', { name: node.address }).check()
  await expect(about).toContainText(`Heap of ${node.address}`)
  await expect(region(page, 'Active Handlers/Requests Total').getByRole('listitem')).toHaveCount(2)
  expect(new URL(page.url()).searchParams.getAll('var-instance')).toEqual([node.address])
  const shown = region(page, 'Process Memory Usage').getByRole('listitem').first()
  await expect(shown).toContainText(`Process Memory - ${node.address}`)
  await isAccessible(page)

  const other = await browser.newPage()
  await other.goto(page.url())
  await expect(region(other, 'About')).toContainText(`Heap of ${node.address}`)
  await other.close()

  await region(page, 'Process Memory Usage').getByRole('button', { name: 'Menu of Process Memory Usage' }).click()
  await page.getByRole('menuitem', { name: 'Open in Explore' }).click()
  await expect(page.getByRole('region', { name: 'Graph' }).getByRole('listitem').first()).toContainText(
    'Process Memory',
  )
})

test('panels are pinned from every page, put in order with the keyboard, taken off, and exported', async ({
  overview,
  page,
}) => {
  await overview.open()
  let count = 0
  const pin = async (panel: Locator, name: string) => {
    await panel.hover()
    await panel.getByRole('button', { name: `Menu of ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Pin to my board' }).click()
    count++
    await expect
      .poll(() => page.evaluate(() => JSON.parse(localStorage.getItem('hearth.pins') ?? '[]').length))
      .toBe(count)
  }
  await pin(overview.panel('Memory by kind'), 'Memory by kind')
  await page.goto('/dashboard/boards?board=node-exporter.json')
  await overview.becomesLive()
  await pin(region(page, 'RAM Total'), 'RAM Total')
  await page.goto('/dashboard/metrics?metric=process_resident_memory_bytes')
  await overview.becomesLive()
  await pin(region(page, 'process_resident_memory_bytes'), 'process_resident_memory_bytes')
  await page.goto('/dashboard/explore?g0.expr=up&g0.legend=up+of+{{job}}')
  await pin(page.getByRole('region', { name: 'Graph' }), 'Graph')

  await page.goto('/dashboard/boards')
  await boards(page).getByRole('link', { name: 'My board' }).click()
  const titles = page.getByRole('main').getByRole('heading', { level: 2 })
  await expect(titles).toHaveText(['My board', 'Memory by kind', 'RAM Total', 'process_resident_memory_bytes', 'up'])
  await expect(region(page, 'RAM Total')).toContainText('16 GiB')
  await expect(region(page, 'up').getByRole('listitem').first()).toContainText('up of')
  await isAccessible(page)

  // Pins of our own panels follow what is chosen in the bar.
  await overview.choice('All traffic').click()
  await expect(page).toHaveURL(/[?&]traffic=all/)

  await page.getByRole('button', { name: 'Arrange' }).click()
  const place = (name: string) => page.getByRole('toolbar', { name: `Place of ${name}` })
  await place('RAM Total').getByRole('button', { name: 'Earlier' }).focus()
  await page.keyboard.press('Enter')
  await expect(titles).toHaveText(['My board', 'RAM Total', 'Memory by kind', 'process_resident_memory_bytes', 'up'])
  await expect(place('RAM Total').getByRole('button', { name: 'Later' })).toBeFocused()
  await place('up').getByRole('button', { name: 'Remove' }).focus()
  await page.keyboard.press('Enter')
  await expect(titles).toHaveText(['My board', 'RAM Total', 'Memory by kind', 'process_resident_memory_bytes'])
  await isAccessible(page)

  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export for Grafana' }).click(),
  ])
  const model: { panels: { title: string; type: string }[] } = JSON.parse(readFileSync(await file.path(), 'utf8'))
  expect(model.panels.map(({ title, type }) => [title, type])).toEqual([
    ['RAM Total', 'stat'],
    ['Memory by kind', 'timeseries'],
    ['process_resident_memory_bytes', 'timeseries'],
  ])
  await page.reload()
  await expect(titles).toHaveText(['My board', 'RAM Total', 'Memory by kind', 'process_resident_memory_bytes'])

  await page.evaluate(() => localStorage.setItem('hearth.pins', '[{"panel":{"queries":[{"expr":"$evil"}]}},3]'))
  await page.reload()
  await expect(page.getByRole('main')).toContainText('Nothing is pinned yet')
})

test("on the package's pages, whose policy allows no inline style and no script that is made of text", async ({
  fresh: _,
  ownPort,
  overview,
  page,
}) => {
  const boardsUrl = `http://127.0.0.1:${ownPort}/boards`
  await page.goto(`${boardsUrl}?board=node-exporter.json`)
  await overview.becomesLive()
  await expect(region(page, 'Root FS Used').locator('strong')).toHaveText('76.0%')
  await region(page, 'Memory Basic').getByRole('button', { name: 'Menu of Memory Basic' }).click()
  await page.getByRole('menuitem', { name: 'Pin to my board' }).click()
  await page.getByRole('link', { name: 'All boards' }).click()
  await expect(boards(page).getByRole('listitem').first()).toContainText('1 panel')
  await boards(page).getByRole('link', { name: 'NodeJS Application' }).click()
  await expect(region(page, 'About').getByRole('link')).toHaveText(['the docs'])
  await page.goto(`${boardsUrl}?board=mine`)
  await expect(region(page, 'Memory Basic').getByRole('listitem')).toHaveText([/^Total/, /^Used/])
})

async function isAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => ({ id, at: nodes.map(({ html }) => html) }))).toEqual([])
  const overhang = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(overhang).toBe(0)
}
