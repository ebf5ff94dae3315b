import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { declareCounter, declareGauge } from '../../instrument/declare'
import { createRegistry } from '../../instrument/registry'
import { collect } from '../collect'
import { collectNow } from '../collect-now'
import { render } from '../render'
import { randomOf } from './kill-at-random'
import type { WorkersOptions } from './workers'
import { createWorkers, instanceIn } from './workers'

/** A busy machine takes its time. */
const PATIENCE = { timeout: 20_000 }

let directory: string
let killed: Set<string>
let said: string[]

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'workers-'))
  killed = new Set()
  said = []
})
// Files of ended workers may just be put together.
afterEach(() => rmSync(directory, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 }))

type TestWorker = ReturnType<typeof begin>

let begun = 0

/** A worker in this process, known by its name. */
function begin(options: Partial<WorkersOptions> = {}) {
  const name = options.instance ?? `worker ${begun++}`
  const registry = createRegistry()
  const hits = declareCounter(registry, { name: 'hits_total', help: 'Hits.' })
  const seconds = declareCounter(registry, { name: 'spent_seconds_total', help: 'Seconds.' })
  const held = declareGauge(registry, { name: 'held', help: 'Held.' })
  const workers = createWorkers({
    directory,
    job: 'app',
    instance: name,
    startedAtMs: 1_000 + begun,
    collectOwn: () => collect(registry),
    mayFold: (isFirst) => isFirst,
    foldMs: 0,
    log: (message) => said.push(message.replaceAll(directory, 'FOLDER')),
    isRunning: ({ instance }) => !killed.has(instance),
    ...options,
  })
  return {
    name,
    hits,
    seconds,
    held,
    workers,
    end: () => workers.end(collectNow(registry)),
    async lines(): Promise<string[]> {
      const { signal } = new AbortController()
      const text = render(await workers.collect({ signal, withCreated: false }), 'prometheus')
      return text.split('\n').filter((line) => line !== '' && !line.startsWith('#') && !line.endsWith(' 0'))
    },
  }
}

const filesThere = () => readdirSync(directory)

test('any worker says what all have counted, and nothing of itself that it has not published', async () => {
  const [one, two] = [begin(), begin()]
  one.hits.inc(3)
  expect(await one.lines()).toEqual(['hits_total 3'])
  two.hits.inc(4)
  expect(await one.lines()).toEqual(['hits_total 3'])
  expect(await two.lines()).toEqual(['hits_total 7'])
  expect(await one.lines()).toEqual(['hits_total 7'])
})

test('a worker alone looks as if there were no workers; gauges have the label while there are several', async () => {
  const one = begin()
  one.held.set(1)
  expect(await one.lines()).toEqual(['held 1'])
  const two = begin()
  two.held.set(2)
  expect(await two.lines()).toEqual(['held{worker="0"} 1', 'held{worker="1"} 2'])
  two.end()
  expect(await one.lines()).toEqual(['held{worker="0"} 1'])
})

test('the label goes five minutes after the last other worker has ended', async () => {
  let nowMs = Date.now()
  const one = begin({ now: () => nowMs })
  one.held.set(1)
  await one.lines()
  const two = begin()
  two.hits.inc(2)
  await two.lines()
  two.end()
  expect(await one.lines()).toEqual(['hits_total 2', 'held{worker="0"} 1'])
  nowMs += 5 * 60_000 + 1_000
  expect(await one.lines()).toEqual(['hits_total 2', 'held 1'])
})

test('a slot is taken again by the next worker', async () => {
  const [one, two] = [begin(), begin()]
  await one.lines()
  await two.lines()
  expect(two.workers.status()).toEqual({ slot: 1, running: 2, isFirst: false, problem: undefined })
  killed.add(two.name)
  const three = begin()
  await three.lines()
  expect(three.workers.status()).toEqual({ slot: 1, running: 2, isFirst: false, problem: undefined })
})

test('the files of workers that have ended become one, and are counted once', async () => {
  const one = begin()
  one.hits.inc()
  await one.lines()
  for (let i = 0; i < 5; i++) {
    const other = begin()
    other.hits.inc(10)
    await other.lines()
    if (i % 2 === 0) other.end()
    killed.add(other.name)
    await expect.poll(async () => (await one.lines()) && filesThere(), PATIENCE).toHaveLength(2)
    expect(await one.lines()).toEqual([`hits_total ${1 + (i + 1) * 10}`])
  }
})

test('who dies before it could remove the files of others leaves them counted once', async () => {
  const [one, two] = [begin(), begin()]
  one.hits.inc(1)
  two.hits.inc(2)
  await one.lines()
  await two.lines()
  const file = filesThere().find((name) => readFileSync(join(directory, name), 'utf8').includes(two.name)) ?? ''
  copyFileSync(join(directory, file), join(directory, 'kept'))
  killed.add(two.name)
  await one.lines()
  await expect.poll(filesThere, PATIENCE).not.toContain(file)
  copyFileSync(join(directory, 'kept'), join(directory, file))
  expect(await one.lines()).toEqual(['hits_total 3'])
})

test('a run of the app begins at 0, whatever the one before has left', async () => {
  const one = begin()
  one.hits.inc(5)
  await one.lines()
  one.end()
  killed.add(one.name)
  const two = begin()
  two.hits.inc(2)
  expect(await two.lines()).toEqual(['hits_total 2'])
  expect(filesThere()).toHaveLength(1)
})

test('who comes later knows that its counters were never 0', async () => {
  const one = begin({ startedAtMs: 5 })
  await one.lines()
  const two = begin()
  await two.lines()
  expect([one, two].map(({ workers }) => workers.countsSinceMs())).toEqual([5, Number.NEGATIVE_INFINITY])
})

test('the app is called as its first worker is', async () => {
  expect(instanceIn(join(directory, 'none'), 'app')).toBeUndefined()
  expect(instanceIn(directory, 'app')).toBeUndefined()
  const one = begin({ instance: 'localhost:1' })
  await one.lines()
  await begin({ instance: 'localhost:2' }).lines()
  expect([instanceIn(directory, 'app'), instanceIn(directory, 'shop')]).toEqual(['localhost:1', undefined])
  one.end()
  expect(instanceIn(directory, 'app')).toBe('localhost:2')
})

test('what a worker counts after its last second is there if it ends by itself, and not if it is killed', async () => {
  const [one, two, three] = [begin(), begin(), begin()]
  for (const worker of [one, two, three]) await worker.lines()
  two.hits.inc(4)
  two.end()
  three.hits.inc(8)
  killed.add(three.name)
  expect(await one.lines()).toEqual(['hits_total 4'])
})

test('a worker that was taken for ended goes on, and nothing of it is counted twice', async () => {
  const [one, two] = [begin(), begin()]
  one.hits.inc(1)
  two.hits.inc(2)
  await one.lines()
  await two.lines()
  killed.add(two.name)
  await expect.poll(async () => (await one.lines()) && filesThere(), PATIENCE).toHaveLength(2)
  killed.delete(two.name)
  two.hits.inc(5)
  expect(await two.lines()).toEqual(['hits_total 8'])
  expect(await one.lines()).toEqual(['hits_total 8'])
})

test('a worker whose file was removed by hand writes it again', async () => {
  const [one, two] = [begin(), begin()]
  one.hits.inc(1)
  two.hits.inc(2)
  await one.lines()
  await two.lines()
  rmSync(directory, { recursive: true })
  expect(await two.lines()).toEqual(['hits_total 2'])
  expect(await one.lines()).toEqual(['hits_total 3'])
})

test('new series of a worker are there at once', async () => {
  const [one, two] = [begin(), begin()]
  await one.lines()
  const registry = createRegistry()
  const late = declareCounter(registry, { name: 'late_total', help: 'Late.', labels: ['route'] })
  const three = begin({ collectOwn: () => collect(registry) })
  await two.lines()
  for (const route of ['/a', '/b', '/a']) {
    late.inc({ route })
    await three.lines()
  }
  expect(await one.lines()).toEqual(['late_total{route="/a"} 2', 'late_total{route="/b"} 1'])
})

test.each<[string, (path: string) => void, string]>([
  ['is no file of a worker', (path) => writeFileSync(path, 'x'.repeat(500)), 'was not written by Hearth'],
  ['is empty', (path) => writeFileSync(path, ''), 'is 0 bytes long, expected at least 64'],
  [
    'is of another format',
    (path) => writeFileSync(path, readFileSync(path).fill('7', 7, 8)),
    'was written by another version of Hearth: expected format 1, got 7',
  ],
  ['is truncated', (path) => truncateSync(path, readFileSync(path).length - 10), 'is truncated: expected'],
  [
    'has other series than it was written with',
    (path) => {
      const bytes = readFileSync(path)
      writeFileSync(path, bytes.fill('x', bytes.length - 10, bytes.length - 9))
    },
    'is damaged: its checksum is another one',
  ],
  [
    'has other values than it was written with',
    (path) => writeFileSync(path, readFileSync(path).fill(7, 70, 80)),
    'is damaged: none of its values is whole',
  ],
  [
    'says that it is huge',
    (path) => writeFileSync(path, readFileSync(path).fill(0xff, 16, 28)),
    'is too large: expected at most',
  ],
])('a file that %s is named once, and changes nothing', async (_, harm, why) => {
  const [one, two] = [begin(), begin()]
  one.hits.inc(1)
  two.hits.inc(2)
  await two.lines()
  const [name = ''] = filesThere()
  copyFileSync(join(directory, name), join(directory, 'other.worker'))
  harm(join(directory, 'other.worker'))
  expect(await one.lines()).toEqual(['hits_total 3'])
  expect(await one.lines()).toEqual(['hits_total 3'])
  expect(said).toEqual([expect.stringContaining(`FOLDER/other.worker ${why}`)])
})

test('a file that was good keeps counting as it was', async () => {
  const [one, two] = [begin(), begin()]
  one.hits.inc(1)
  two.hits.inc(2)
  await two.lines()
  const [name = ''] = filesThere()
  await one.lines()
  writeFileSync(join(directory, name), 'overwritten')
  expect(await one.lines()).toEqual(['hits_total 3'])
  expect(said).toHaveLength(1)
})

test('another app in the same folder is named, and not added', async () => {
  const [one, two] = [begin(), begin({ job: 'shop' })]
  one.hits.inc(1)
  two.hits.inc(2)
  await two.lines()
  expect(await one.lines()).toEqual(['hits_total 1'])
  expect(await two.lines()).toEqual(['hits_total 2'])
  expect(said).toEqual([
    expect.stringContaining('is of another app (job shop, this one is app), so it is not added to the metrics.'),
    expect.stringContaining('is of another app (job app, this one is shop), so it is not added to the metrics.'),
  ])
})

test('where the folder can’t be used, a worker shows its own numbers, and says so once', async () => {
  rmSync(directory, { recursive: true })
  writeFileSync(directory, '')
  const one = begin()
  one.hits.inc(2)
  expect(await one.lines()).toEqual(['hits_total 2'])
  expect(await one.lines()).toEqual(['hits_total 2'])
  expect(said).toHaveLength(1)
  expect(one.workers.status().problem).toContain('EEXIST')
  rmSync(directory)
  expect(await one.lines()).toEqual(['hits_total 2'])
  expect(one.workers.status().problem).toBeUndefined()
})

async function joined(): Promise<TestWorker> {
  const worker = begin()
  await worker.lines()
  return worker
}

test('counts never go back, whoever is asked and whoever ends in whatever way', async () => {
  for (let seed = 1; seed <= 5; seed++) {
    const random = randomOf(seed)
    let running: TestWorker[] = [await joined(), await joined()]
    let published = 0
    let highest = [0, 0]
    const any = () => running[Math.floor(random() * running.length)] ?? running[0]
    for (let step = 0; step < 120; step++) {
      const worker = any()
      if (worker === undefined) continue
      const chance = random()
      if (chance < 0.5) {
        worker.hits.inc()
        worker.seconds.inc(random())
      } else if (chance < 0.75) {
        const lines = await worker.lines()
        const counts = ['hits_total', 'spent_seconds_total'].map((name) =>
          Number(lines.find((line) => line.startsWith(name))?.split(' ')[1] ?? 0),
        )
        expect({ seed, step, hits: counts[0] }).toEqual({ seed, step, hits: Math.max(counts[0] ?? 0, highest[0] ?? 0) })
        expect(counts[1]).toBeGreaterThanOrEqual(highest[1] ?? 0)
        highest = counts
        published = Math.max(published, counts[0] ?? 0)
      } else if (chance < 0.87 && running.length > 1) {
        if (random() < 0.5) worker.end()
        killed.add(worker.name)
        running = running.filter((one) => one !== worker)
      } else if (running.length < 6) running.push(await joined())
    }
    for (const worker of running) worker.end()
    for (const worker of running) killed.add(worker.name)
    expect(published).toBeGreaterThan(10)
    expect(said).toEqual([])
  }
})
