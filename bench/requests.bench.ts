// What measuring costs a request: GET / in the production build with and without the hooks, and the hooks alone.
// Aims: at most 5 microseconds of CPU a request, and at least 0.99 of the requests per second.
import { fileURLToPath } from 'node:url'
import type { MeasuredServer } from './measured-process'
import { startMeasured } from './measured-process'
import { readOptions } from './options'
import type { RaceResult } from './race'
import { race } from './race'
import type { Aim, Row } from './report'
import { report } from './report'

const CPU_AIM: Aim = { bound: 'at most', limit: 5, of: 'figure' }
const THROUGHPUT_AIM: Aim = { bound: 'at least', limit: 0.99, of: 'ratio' }

const { rounds } = readOptions('requests.bench.ts')

const next = await startMeasured(['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1'])
await requireHooks(next)
const nextRace = { rounds, turns: 20, requests: 100 }
// `again` has no hooks either: what is measured between the two of them is noise.
const inNext = await race(next, ['bare', 'hearth', 'again', 'middleware'], nextRace)
await next.stop()

const plain = await startMeasured([fileURLToPath(new URL('hook.server.mjs', import.meta.url))])
await requireHooks(plain)
const plainRace = { rounds, turns: 10, requests: 2_000 }
const inPlain = await race(plain, ['bare', 'hearth', 'again', 'middleware'], plainRace)
await plain.stop()

report(`GET / of \`next start\`: ${rounds} rounds of 20 turns of 100 requests`, [
  {
    name: 'requests per second',
    unit: '1/s',
    figures: inNext.hearth.requestsPerSecond,
    against: { name: 'without hooks', figures: inNext.bare.requestsPerSecond },
    aim: THROUGHPUT_AIM,
  },
  cpu(inNext.hearth, inNext.bare),
  added('the hooks', inNext.hearth, CPU_AIM),
  added('a middleware written by hand, with a counter and a histogram', inNext.middleware),
  added('nothing (the noise)', inNext.again),
])
report(`The hooks alone, on a plain node:http server: ${rounds} rounds of 10 turns of 2,000 requests`, [
  cpu(inPlain.hearth, inPlain.bare),
  added('the hooks', inPlain.hearth, CPU_AIM),
  added('a middleware written by hand, with a counter and a histogram', inPlain.middleware),
  added('nothing (the noise)', inPlain.again),
])

/** Throws unless the hooks can be put on and off: else all contestants would be the same. */
async function requireHooks(server: MeasuredServer): Promise<void> {
  for (const contestant of ['bare', 'hearth']) {
    server.become(contestant)
    await server.cpuMicros()
    const isHooked = (await fetch(server.url)).headers.has('X-Process-Time')
    if (isHooked !== (contestant === 'hearth')) throw new Error(`as ${contestant}, the server has hooks: ${isHooked}`)
  }
}

function cpu({ cpuMicros }: RaceResult, rival: RaceResult): Row {
  const against = { name: 'without hooks', figures: rival.cpuMicros }
  return { name: 'CPU per request', unit: 'µs', figures: cpuMicros, against }
}

function added(by: string, { addedCpuMicros }: RaceResult, aim?: Aim): Row {
  return { name: `CPU added per request by ${by}`, unit: 'µs', figures: addedCpuMicros, aim }
}
