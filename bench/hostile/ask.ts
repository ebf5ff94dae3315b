// Asks a hostile question of a server, in the manner of its clients, and says what came of it.
import type { ClientRequest, IncomingMessage } from 'node:http'
import { Agent, request as send } from 'node:http'
import type { Outcome } from './judge'
import { judge, judgeBroken, judgeStream } from './judge'
import type { Question } from './question'

export type Asked = Outcome & { seconds: number }

/** How much of a body is looked at; the rest is read and forgotten. */
const KEPT_CHARACTERS = 65_536
const PIECES = 20

/**
 * One outcome for each client of the question. `url` is where its door is, and nothing is waited for longer than
 * `limitMs`. Never rejects.
 */
export async function ask(url: string, question: Question, limitMs: number): Promise<Asked[]> {
  // Of its own, so that no connection is used again that the server is about to close; but kept alive, as browsers do.
  const agent = new Agent({ keepAlive: true })
  const clients = Array.from({ length: question.clients }, () => askOnce(url, question, limitMs, agent))
  const asked = await Promise.all(clients)
  agent.destroy()
  return asked
}

function askOnce(url: string, question: Question, limitMs: number, agent: Agent): Promise<Asked> {
  const begunMs = performance.now()
  return new Promise((resolve) => {
    const { host, hostname, pathname, port } = new URL(url)
    const { body, manner, method, patienceMs } = question
    const length = Buffer.byteLength(body)
    const request = send({
      agent,
      hostname,
      port,
      method,
      path: `${pathname.replace(/\/$/, '')}${question.path}`,
      headers: { host, ...question.headers, ...(method === 'POST' ? { 'content-length': length } : {}) },
    })
    const timers: NodeJS.Timeout[] = []
    const end = (outcome: Outcome) => {
      for (const timer of timers) clearTimeout(timer)
      request.destroy()
      resolve({ ...outcome, seconds: (performance.now() - begunMs) / 1000 })
    }
    const endAfter = (ms: number, outcome: Outcome) => timers.push(setTimeout(end, ms, outcome))
    endAfter(limitMs, { result: 'late', status: 0, words: `no answer in ${limitMs / 1000} s` })
    if (manner === 'leave' || manner === 'ignore' || manner === 'break off') {
      endAfter(patienceMs, { result: 'left', status: 0, words: '' })
    }
    request.on('error', (error: NodeJS.ErrnoException) => end(judgeBroken(question, error.code ?? error.message)))
    request.on('response', (response) => {
      if (manner !== 'ignore') read(response, question, end, endAfter)
    })
    void sendBody(request, question)
  })
}

function read(
  response: IncomingMessage,
  question: Question,
  end: (outcome: Outcome) => void,
  endAfter: (ms: number, outcome: Outcome) => void,
): void {
  const { statusCode: status = 0, headers } = response
  const type = headers['content-type'] ?? ''
  const isStream = question.manner === 'listen' && type.includes('event-stream')
  let text = ''
  let isJudged = false
  response.setEncoding('utf8').on('data', (piece: string) => {
    if (text.length < KEPT_CHARACTERS) text += piece.slice(0, KEPT_CHARACTERS)
    const outcome = isStream && !isJudged ? judgeStream(text) : undefined
    if (outcome === undefined) return
    isJudged = true
    endAfter(question.patienceMs, outcome)
  })
  response.once('end', () => {
    if (isJudged) return
    if (isStream) return end({ result: 'fault', status, words: `the stream ended after ${text.slice(0, 100)}` })
    end(judge(question, { status, type, text }))
  })
  response.once('error', () => {
    if (!isJudged)
      end({ result: 'fault', status, words: `broken off within an answer that began ${text.slice(0, 100)}` })
  })
}

async function sendBody(request: ClientRequest, { body, manner, patienceMs }: Question): Promise<void> {
  if (manner === 'break off') {
    request.write(body.slice(0, body.length / 2))
    return
  }
  if (manner !== 'trickle') {
    request.end(body)
    return
  }
  const bytes = Buffer.from(body)
  for (let piece = 0; piece < PIECES && !request.destroyed; piece++) {
    request.write(bytes.subarray((bytes.length * piece) / PIECES, (bytes.length * (piece + 1)) / PIECES))
    await new Promise((resolve) => setTimeout(resolve, patienceMs / PIECES))
  }
  request.end()
}
