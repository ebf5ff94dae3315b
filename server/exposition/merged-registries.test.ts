import { Counter, Registry } from 'prom-client'
import { expect, test, vi } from 'vitest'
import { MOST_REGISTRIES, mergeRegistry } from '../instrument/merge-registry'
import { processMetrics } from '../instrument/merged-registries'
import { counter } from '../instrument/own-metrics'
import { collect } from './collect'
import { render } from './render'

const exposition = async () => render(await collect(processMetrics()), 'prometheus')

test('the metrics of a merged registry are shown beside ours, with its default labels, also those that come later', async () => {
  counter({ name: 'ours_total', help: 'Ours.' }).inc(1)
  const theirs = new Registry()
  theirs.setDefaultLabels({ app: 'shop' })
  mergeRegistry(theirs)
  mergeRegistry(theirs)
  new Counter({ name: 'theirs_total', help: 'Theirs.', registers: [theirs] }).inc(2)
  const text = await exposition()
  expect(text).toContain('ours_total 1\n')
  expect(text).toContain('theirs_total{app="shop"} 2\n')
  expect(text.match(/^# TYPE theirs_total/gm)).toHaveLength(1)
})

test('of a name that both have, ours counts', async () => {
  counter({ name: 'both_total', help: 'Ours.' }).inc(1)
  const theirs = new Registry()
  new Counter({ name: 'both_total', help: 'Theirs.', registers: [theirs] }).inc(2)
  mergeRegistry(theirs)
  expect(await exposition()).toContain('both_total 1\n')
  expect(await exposition()).not.toContain('both_total 2\n')
})

test('a metric of theirs that throws takes no other with it', async () => {
  const log = vi.spyOn(console, 'error').mockImplementation(() => {})
  const theirs = new Registry()
  const broken = new Counter({
    name: 'broken_total',
    help: 'Broken.',
    registers: [theirs],
    collect() {
      throw new Error('no')
    },
  })
  expect(broken).toBeDefined()
  mergeRegistry(theirs)
  expect(await exposition()).toContain('ours_total 1\n')
  expect(log).toHaveBeenCalledOnce()
})

test('what is no registry is refused, and so is one too many', () => {
  // @ts-expect-error: it is no registry
  expect(() => mergeRegistry(undefined)).toThrow('expected a Registry of prom-client to merge, got undefined')
  const mergeMany = () => {
    for (let i = 0; i <= MOST_REGISTRIES; i++) mergeRegistry(new Registry())
  }
  expect(mergeMany).toThrow(`expected at most ${MOST_REGISTRIES} registries`)
})
