// A load: as many requests as a few connections can have answered, one after the other on each.
import type { Agent } from 'node:http'
import { get } from 'node:http'

const CONNECTIONS = 10

/** Asks for `url` so many times and gives the seconds that it took. Throws for any answer but 200. */
export async function load(url: string, requests: number, agent: Agent): Promise<number> {
  const startedMs = performance.now()
  let left = requests
  const connection = async () => {
    while (left-- > 0) await ask(url, agent)
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, connection))
  return (performance.now() - startedMs) / 1000
}

function ask(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answered ${response.statusCode}`))
      response.resume().once('end', resolve)
    })
    request.once('error', reject)
  })
}
