// A page in Chromium, the overview, with what its main thread spends and what its heap holds.
import type { CDPSession, Page } from 'playwright'
import { chromium } from 'playwright'
import { CHROMIUM_ADVICE, CHROMIUM_SWITCHES, findChromium } from '../scripts/find-chromium.mjs'

export type MeasuredPage = {
  /** What the main thread has spent since the page was opened, in seconds of processor time. */
  spent(): Promise<Spent>
  /** The JavaScript heap in use after a full garbage collection, in bytes. */
  heapBytes(): Promise<number>
  /** Opens a page, that one unless it is given, in a browser that has never seen any. */
  firstVisit(at?: string, visit?: Visit): Promise<FirstVisit>
  close(): Promise<void>
}

/**
 * `scriptBytes` are all of its scripts as they are sent, compressed; `paintMs` is the time until its first contentful paint;
 * `scriptMs` is what the main thread has spent in script until the page was there, and `perSecondMs` in each second after that,
 * both in processor time.
 */
export type FirstVisit = { scriptBytes: number; paintMs: number; scriptMs: number; perSecondMs: number }

/** A page is there once it is live and this text is on it; then it is watched for so many seconds. */
export type Visit = { text?: string; seconds?: number }

/** `task` is everything on the main thread: script, style, layout, painting. */
export type Spent = { script: number; task: number }

/** Opens the page in a window that shows all of it, since panels off the screen are not drawn, and waits until it is live. */
export async function openMeasured(url: string): Promise<MeasuredPage> {
  const executablePath = findChromium()
  if (executablePath === undefined) throw new Error(`There is no Chromium. ${CHROMIUM_ADVICE}`)
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_SWITCHES })
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } })
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Performance.enable', { timeDomain: 'threadTicks' })
  await page.goto(url)
  await untilLive(page)
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width: 1440, height })
  return {
    spent: async () => {
      const metrics = await metricsOf(devTools)
      return { script: metrics('ScriptDuration'), task: metrics('TaskDuration') }
    },
    heapBytes: async () => {
      await devTools.send('HeapProfiler.collectGarbage')
      return (await metricsOf(devTools))('JSHeapUsedSize')
    },
    firstVisit: async (at = url, { text, seconds = 0 } = {}) => {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
      const visitor = await context.newPage()
      const tools = await context.newCDPSession(visitor)
      await tools.send('Performance.enable', { timeDomain: 'threadTicks' })
      await visitor.goto(at)
      await untilLive(visitor)
      if (text !== undefined) await visitor.getByText(text, { exact: true }).first().waitFor()
      // What is loaded after the page belongs to it.
      await visitor.waitForFunction(() =>
        [...document.querySelectorAll('[data-editor]')].every((one) => one.shadowRoot),
      )
      const scriptSeconds = async () => (await metricsOf(tools))('ScriptDuration')
      const there = await scriptSeconds()
      await visitor.waitForTimeout(seconds * 1000)
      const perSecondMs = seconds === 0 ? Number.NaN : (((await scriptSeconds()) - there) * 1000) / seconds
      const visit = await visitor.evaluate(() => {
        const scripts = performance
          .getEntriesByType('resource')
          .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
        const sizes = scripts.map((entry) => (entry instanceof PerformanceResourceTiming ? entry.encodedBodySize : 0))
        const paint = performance.getEntriesByName('first-contentful-paint')[0]
        return {
          scriptBytes: sizes.reduce((sum, size) => sum + size, 0),
          paintMs: paint?.startTime ?? Number.NaN,
        }
      })
      await context.close()
      return { ...visit, scriptMs: there * 1000, perSecondMs }
    },
    close: () => browser.close(),
  }
}

async function untilLive(page: Page): Promise<void> {
  await page.getByRole('banner').getByRole('status').filter({ hasText: /^Live/ }).waitFor()
}

async function metricsOf(devTools: CDPSession): Promise<(name: string) => number> {
  const { metrics } = await devTools.send('Performance.getMetrics')
  return (name) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
}
