import { parser } from '@prometheus-io/lezer-promql'
import { describe, expect, test } from 'vitest'
import { annotationExprs, boardExprs, panelExprs } from './board-exprs'
import { overview } from './overview'
import { OWN_ROUTES } from './own-traffic'
import { toPanelName } from './panel'
import type { Variables } from './substitute'
import { substitute } from './substitute'
import { toTargetMatchers } from './target-matchers'

const variables: Variables = {
  rangeMs: 300_000,
  stepMs: 1000,
  scrapeIntervalMs: 1000,
  target: toTargetMatchers({ job: 'hearth', instance: 'localhost:3000' }),
  route: '/users/[id]',
  own: OWN_ROUTES,
}
const { exprs, instantExprs } = boardExprs(overview, variables)
const allExprs = [...exprs, ...instantExprs]
const panels = overview.places.flatMap((place) => place.panels)

describe('the overview', () => {
  test('every expression is PromQL', () => {
    for (const expr of allExprs) {
      const errors: number[] = []
      parser.parse(expr).iterate({ enter: (node) => void (node.type.isError && errors.push(node.from)) })
      expect(errors, expr).toEqual([])
    }
  })

  test('every expression about requests follows the route and hides what is our own', () => {
    const about = panels
      .flatMap((panel) => panel.queries)
      .filter(({ expr }) => /requests_total|latency_|exceptions_total/.test(expr))
    expect(about.length).toBeGreaterThan(20)
    for (const { expr } of about) {
      const selectors = expr.match(/(requests_total|exceptions_total|latency_seconds_bucket)\{[^}]*\}/g) ?? []
      expect(selectors.length, expr).toBeGreaterThan(0)
      for (const selector of selectors) expect(selector).toContain('route=~"$route",route!~"$own"')
    }
  })

  test('every selector is of the chosen target', () => {
    for (const expr of allExprs) {
      let selectors = 0
      parser.parse(expr).iterate({
        enter: ({ name, from, to }) => {
          if (name !== 'VectorSelector') return
          selectors++
          expect(expr.slice(from, to)).toContain('{job="hearth",instance="localhost:3000"')
        },
      })
      expect(selectors, expr).toBeGreaterThan(0)
    }
  })

  test('an expression that two panels share is asked once', () => {
    expect(new Set(allExprs).size).toBe(allExprs.length)
    expect(allExprs.length).toBeLessThan(panels.flatMap((panel) => panel.queries).length)
  })

  test('panels have ids of their own, a sentence of help, a unit and a way out of emptiness', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    for (const { help, subtitle, empty } of panels) {
      expect(help).toMatch(/^[A-Z0-9].*\.$/)
      expect(subtitle).not.toBe('')
      expect(empty).not.toBe('')
    }
  })

  test('panels that share a place have tabs, and only those', () => {
    for (const { panels } of overview.places) {
      for (const { tab } of panels) expect(tab !== undefined).toBe(panels.length > 1)
    }
  })

  test('no two panels have the same name', () => {
    expect(new Set(panels.map(toPanelName)).size).toBe(panels.length)
  })

  test('no variable is left in what is asked', () => {
    const asked = panels.flatMap((panel) => panelExprs(panel, variables))
    const marked = Object.values(annotationExprs(overview, variables))
    expect(new Set([...asked, ...marked])).toEqual(new Set(allExprs))
    expect(asked.join()).not.toMatch(/\$[a-z_]/)
    expect(substitute('up', variables)).toBe('up')
  })
})
