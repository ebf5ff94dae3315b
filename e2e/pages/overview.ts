// The overview page as a reader drives it: by roles and labels.
import type { Locator, Page } from '@playwright/test'
import { expect } from '@playwright/test'

/** What a chart says at one moment: its heading, and by name what each series is in the reader's words. */
export type Reading = { heading: string; rows: Map<string, string> }

export class Overview {
  readonly page: Page
  readonly bar: Locator
  /** Whether the numbers are live, in words. */
  readonly state: Locator
  readonly source: Locator
  /** The switch that stands there instead where other targets are scraped. */
  readonly targets: Locator
  /** That the chosen target is down, and why; empty while it is up. */
  readonly down: Locator
  readonly pause: Locator
  /** Stands in the bar while the time stands still. */
  readonly now: Locator
  readonly theme: Locator
  /** Stands in the bar while the board shows one route, and takes that back. */
  readonly chip: Locator
  readonly routes: RouteTable

  constructor(page: Page) {
    const bar = page.getByRole('banner')
    this.page = page
    this.bar = bar
    this.state = bar.getByRole('status')
    this.source = bar.getByRole('paragraph')
    this.targets = bar.getByRole('combobox', { name: 'Target' })
    this.down = page.getByRole('status', { name: 'Health of the target' })
    this.pause = bar.getByRole('button', { name: 'Pause' })
    this.now = bar.getByRole('button', { name: 'Now' })
    this.theme = bar.getByRole('button', { name: /^Theme/ })
    this.chip = bar.getByRole('button', { name: /^Show all routes instead of/ })
    this.routes = new RouteTable(page)
  }

  /** Opens the page and waits until points arrive. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`/dashboard${query}`)
    await this.becomesLive()
  }

  async becomesLive(): Promise<void> {
    await expect(this.state).toHaveText(/^Live/, { timeout: 20_000 })
  }

  /** A choice in the bar, such as `1h` or `All traffic`. */
  choice(name: string): Locator {
    return this.page.getByRole('banner').getByRole('button', { name, exact: true })
  }

  /** Drags over a chart from one place of its plot to another, 0 at its left edge and 1 at its right. */
  async drag(panel: Locator, from: number, to: number): Promise<void> {
    const slider = panel.getByRole('slider')
    await slider.scrollIntoViewIfNeeded()
    const box = await slider.boundingBox()
    if (box === null) throw new Error('There is no chart.')
    const y = box.y + box.height / 2
    const xOf = (place: number) => box.x + Math.min(box.width - 1, Math.max(1, place * box.width))
    await this.page.mouse.move(xOf(from), y)
    await this.page.mouse.down()
    await this.page.mouse.move(xOf((from + to) / 2), y)
    await this.page.mouse.move(xOf(to), y)
    await this.page.mouse.up()
  }

  /** A headline number by its title. */
  tile(title: string): Locator {
    return this.page.getByRole('article', { name: title, exact: true })
  }

  /** A panel by its title. */
  panel(title: string): Locator {
    return this.page.getByRole('region', { name: title, exact: true })
  }

  /** What the first tile counts since the start; NaN while it shows none. */
  async total(): Promise<number> {
    const text = await this.tile('Requests').textContent()
    return toNumber(/([\d,]+) since start/.exec(text ?? '')?.[1])
  }

  /** A chart's legend: the newest value of each series, as it is written. */
  async legend(panel: Locator): Promise<Map<string, string>> {
    const items = panel.getByRole('listitem')
    const names = await items.getByRole('button').allTextContents()
    const values = await items.locator('b').allTextContents()
    return new Map(values.map((value, i) => [names[i] ?? '', value]))
  }

  /** Where the heat map has drawn cells that aren't empty, and where the edge of a bucket stands in it, in pixels. */
  async heat(edge: string): Promise<{ top: number; bottom: number; edge: number }> {
    const map = this.panel('Latency heat map')
    const label = await map.getByText(edge, { exact: true }).boundingBox()
    // One path for each step of heat, beginning with none.
    const boxes = await map.locator('[data-mark] path').evaluateAll((paths) =>
      paths.slice(1).flatMap((path) => {
        const { top, bottom } = path.getBoundingClientRect()
        return path.getAttribute('d') === '' ? [] : [{ top, bottom }]
      }),
    )
    return {
      top: Math.min(...boxes.map(({ top }) => top)),
      bottom: Math.max(...boxes.map(({ bottom }) => bottom)),
      edge: label === null ? Number.NaN : label.y + label.height / 2,
    }
  }

  /** What a chart says at each of its places, or at the last ones only, as its slider says it to a screen reader. */
  async readings(panel: Locator, last = Number.POSITIVE_INFINITY): Promise<Reading[]> {
    const texts = await panel.getByRole('slider').evaluate(async (slider: HTMLInputElement, last) => {
      const places = Number(slider.max) + 1
      const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
      const texts: (string | null)[] = []
      slider.focus()
      for (let place = Math.max(0, places - last); place < places; place++) {
        setValue?.call(slider, `${place}`)
        slider.dispatchEvent(new Event('input', { bubbles: true }))
        // React answers the event in a microtask. A timer would be slow in a tab that isn't in front.
        await Promise.resolve()
        texts.push(slider.ariaValueText)
      }
      slider.blur()
      return texts
    }, last)
    return texts.map((text) => toReading(text ?? ''))
  }
}

class RouteTable {
  readonly table: Locator

  constructor(page: Page) {
    this.table = page.getByRole('table')
  }

  row(route: string): Locator {
    return this.table.getByRole('row').filter({ has: this.link(route) })
  }

  /** Filters the board by the route. */
  link(route: string): Locator {
    return this.table.page().getByRole('link', { name: route, exact: true })
  }

  header(name: string): Locator {
    return this.table.getByRole('columnheader', { name: new RegExp(`^${name}`) })
  }

  async names(): Promise<string[]> {
    return this.table.getByRole('rowheader').getByRole('link').allTextContents()
  }

  /** A cell of a row, as it is written. */
  async cell(route: string, column: string): Promise<string> {
    const headers = await this.table.getByRole('columnheader').allTextContents()
    const place = headers.findIndex((text) => text.startsWith(column)) - 1
    return ((await this.row(route).getByRole('cell').nth(place).textContent()) ?? '').trim()
  }

  async total(route: string): Promise<number> {
    return (await this.row(route).count()) === 1 ? toNumber(await this.cell(route, 'Total')) : Number.NaN
  }
}

/** `12:01:55, 2xx: 1.3 per s, 5xx: –` */
function toReading(text: string): Reading {
  const [heading = '', ...parts] = text.split(', ')
  const rows = parts.map((part): [string, string] => {
    const [name = '', value = ''] = part.split(': ')
    return [name, value]
  })
  return { heading, rows: new Map(rows) }
}

/** `1,284` is 1284; no text, or a dash, is NaN. */
export function toNumber(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text.replaceAll(',', ''))
}
