// Hostile questions to the production server, with a small heap and a target of many series: it lives, answers each or
// refuses it in words, and gives its memory back. How much its visitors feel of them is measured by a bench: npm run
// bench -- questions.

import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'
import type { Attack } from '../bench/hostile/attack'
import { attack } from '../bench/hostile/attack'
import type { Target } from '../bench/hostile/beside'
import { startTarget } from '../bench/hostile/beside'
import { compare } from '../bench/hostile/compare'
import type { Memory } from '../bench/hostile/memory'
import { leastOf, watchMemory } from '../bench/hostile/memory'
import { QUESTION_KINDS } from '../bench/hostile/questions'
import { complaints, failures } from '../bench/hostile/tables'
import { bundle } from '../scripts/bundle.mjs'
import { findPrometheus, PROMETHEUS_ADVICE } from '../scripts/find-prometheus.mjs'
import { FEATURE_FLAGS } from '../server/features'
import type { RealPrometheus } from './real-prometheus'
import { startPrometheus } from './real-prometheus'
import type { Server } from './start-server'
import { startServer } from './start-server'

const SEED = 8
const JOB = 'shop'
const SERIES = 18_000
const HEAP_MB = 256
/** Each kind some times; a slow machine asks fewer, but each kind once. */
const QUESTIONS = 3 * QUESTION_KINDS.length
const ASKING_MS = 60_000
/** Far above the server's own timeout. */
const PATIENCE_MS = 30_000
const COLLECT_MS = 5_000
/** Memory is read for so long, because new garbage comes and goes. */
const READING_MS = 3_000
/** Samples go on coming in meanwhile: the open chunks of all these series alone take up to a seventh of the heap. */
const MOST_LEFT_BYTES = (HEAP_MB / 2) * 2 ** 20
const COMPARED = 60
const COLLECT_GARBAGE = fileURLToPath(new URL('collect-garbage.cjs', import.meta.url))
const COMPARING_MS = 15_000

test.describe
  .serial('hostile questions', () => {
    let target: Target
    let server: Server
    let before: Memory
    let attacked: Attack
    /** Without garbage, as far as that can be had. */
    const heldMemory = async () => {
      process.kill(server.pid, 'SIGUSR2')
      return leastOf(await watchMemory(server.url, READING_MS))
    }
    const about = () => ({ job: JOB, instance: target.instance })

    test.beforeAll(async () => {
      target = await startTarget(await bundle('bench/hostile-target.server.ts'), SERIES)
      server = await startServer({
        env: {
          NODE_OPTIONS: `--max-old-space-size=${HEAP_MB} --require ${COLLECT_GARBAGE}`,
          SCRAPE_TARGETS: `${JOB}=${target.url}/metrics`,
          QUERY_TIMEOUT: '5s',
          ENABLE_FEATURES: FEATURE_FLAGS.join(','),
        },
      })
      await sleep(COLLECT_MS)
      before = await heldMemory()
    })
    test.afterAll(async () => {
      await server?.stop()
      target?.stop()
    })

    test('are answered or refused in words, and the process lives', async () => {
      attacked = await attack({
        seed: SEED,
        places: { from: 0, count: QUESTIONS },
        about: about(),
        connections: 4,
        limitMs: PATIENCE_MS,
        wholeLimitMs: ASKING_MS,
        server,
      })
      expect(complaints(attacked.entries, attacked.deaths)).toEqual([])
      expect(new Set(attacked.entries.map(({ kind }) => kind)).size).toBe(QUESTION_KINDS.length)
      expect(server.hasEnded()).toBe(false)
    })

    test('leave no memory behind', async () => {
      await expect
        .poll(async () => (await heldMemory()).heldBytes - before.heldBytes, { timeout: 60_000 })
        .toBeLessThan(MOST_LEFT_BYTES)
    })

    test('are answered where a real Prometheus answers, or refused by a limit', async () => {
      const path = findPrometheus()
      test.info().skip(path === undefined && !process.env.CI, `There is no Prometheus. ${PROMETHEUS_ADVICE}`)
      if (path === undefined) throw new Error(`There is no Prometheus. ${PROMETHEUS_ADVICE}`)
      const jobs = [
        { job: 'hearth', url: server.url },
        { job: JOB, url: target.url, path: '/metrics' },
      ]
      let rival: RealPrometheus | undefined
      try {
        rival = await startPrometheus(path, jobs, ['promql-experimental-functions'])
        await sleep(COLLECT_MS)
        const compared = await compare(attacked.entries.slice(0, COMPARED), {
          url: rival.url,
          seed: SEED,
          about: about(),
          connections: 2,
          limitMs: 5_000,
          wholeLimitMs: COMPARING_MS,
        })
        expect(failures(compared.filter(({ verdict }) => verdict === 'failed'))).toEqual([])
        expect(compared.length).toBeGreaterThan(0)
      } finally {
        await rival?.stop()
      }
    })
  })
