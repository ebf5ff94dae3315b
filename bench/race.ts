// Loads one server while it is now one contestant and now another.
import { Agent } from 'node:http'
import { load } from './load'
import type { MeasuredServer } from './measured-process'
import { median } from './quantile'

export type Turn = { requestsPerSecond: number; cpuMicros: number }

/** Of each contestant and round the median of its turns, all per request; `added` is against the first contestant. */
export type RaceResult = { requestsPerSecond: number[]; cpuMicros: number[]; addedCpuMicros: number[] }

export type RaceSize = { rounds: number; turns: number; requests: number }

/**
 * In a round each contestant takes `turns` turns of `requests` requests, too short for what disturbs the machine to
 * meet only one of them. One process, with one heap and one state of the compiler, is all of them in turn: two processes
 * of the same program differ by more than the hooks cost.
 */
export async function race<Contestant extends string>(
  server: MeasuredServer,
  contestants: readonly [Contestant, ...Contestant[]],
  { rounds, turns, requests }: RaceSize,
): Promise<Record<Contestant, RaceResult>> {
  const agent = new Agent({ keepAlive: true })
  const results = new Map<Contestant, RaceResult>()
  for (const contestant of contestants) {
    results.set(contestant, { requestsPerSecond: [], cpuMicros: [], addedCpuMicros: [] })
  }
  // The first round only warms up.
  for (let round = 0; round <= rounds; round++) {
    const turnsOf = new Map<Contestant, Turn[]>(contestants.map((contestant) => [contestant, []]))
    for (let turn = 0; turn < turns; turn++) {
      for (const contestant of turn % 2 === 0 ? contestants : contestants.toReversed()) {
        turnsOf.get(contestant)?.push(await takeTurn(server, contestant, requests, agent))
      }
    }
    if (round === 0) continue
    const rival = turnsOf.get(contestants[0]) ?? []
    for (const [contestant, taken] of turnsOf) {
      const result = results.get(contestant)
      result?.requestsPerSecond.push(median(taken.map(({ requestsPerSecond }) => requestsPerSecond)))
      result?.cpuMicros.push(median(taken.map(({ cpuMicros }) => cpuMicros)))
      const added = taken.map(({ cpuMicros }, turn) => cpuMicros - (rival[turn]?.cpuMicros ?? Number.NaN))
      result?.addedCpuMicros.push(median(added))
    }
  }
  agent.destroy()
  return Object.fromEntries(results) as Record<Contestant, RaceResult>
}

async function takeTurn(server: MeasuredServer, contestant: string, requests: number, agent: Agent): Promise<Turn> {
  server.become(contestant)
  const cpuBefore = await server.cpuMicros()
  const seconds = await load(`${server.url}/`, requests, agent)
  return { requestsPerSecond: requests / seconds, cpuMicros: ((await server.cpuMicros()) - cpuBefore) / requests }
}
