// The visitor of an app under attack, in a process of its own so that the asking doesn't hold it up: it asks for a page
// every few milliseconds, whether the ones before have been answered or not, and notes how long each takes.
import { Agent, get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Visit } from './hostile/beside'

/** More wait for a connection, and their time goes on. */
const CONNECTIONS = 128

const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
let visit: Visit | undefined
let waitsMs: number[] = []
let failures = 0
const open = new Set<Promise<void>>()

process.on('message', (next: Visit | 'end') => {
  if (next === 'end') void tell()
  else visit = next
})
process.once('disconnect', () => process.exit())

for (let due = performance.now(); ; ) {
  if (visit) {
    const asking = ask(visit).finally(() => open.delete(asking))
    open.add(asking)
  }
  due = Math.max(due + (visit?.everyMs ?? 20), performance.now())
  await sleep(due - performance.now())
}

/** What came of all since it was told to begin. */
async function tell(): Promise<void> {
  visit = undefined
  await Promise.all(open)
  process.send?.({ waitsMs, failures })
  waitsMs = []
  failures = 0
}

/** A connection that the server closed just as it was used again is no failure: browsers try again too. */
async function ask({ url, limitMs }: Visit): Promise<void> {
  const begunMs = performance.now()
  let result = await askOnce(url, limitMs, agent)
  if (result === 'again') result = await askOnce(url, limitMs, false)
  if (result === 'answered') waitsMs.push(performance.now() - begunMs)
  else failures++
}

function askOnce(url: string, limitMs: number, agent: Agent | false): Promise<'answered' | 'again' | 'failed'> {
  return new Promise((resolve) => {
    let isLate = false
    const request = get(url, { agent }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode === 200 ? 'answered' : 'failed'))
      response.once('error', () => resolve('failed'))
    })
    const timer = setTimeout(() => {
      isLate = true
      request.destroy()
    }, limitMs)
    request.once('close', () => clearTimeout(timer))
    request.once('error', () => resolve(request.reusedSocket && !isLate ? 'again' : 'failed'))
  })
}
