import { spawn } from 'node:child_process'
import { on, once } from 'node:events'
import type { Socket } from 'node:net'
import { connect } from 'node:net'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { bundle } from '../scripts/bundle.mjs'

let program: string
beforeAll(async () => {
  program = await bundle(fileURLToPath(new URL('http-connections.program.ts', import.meta.url)))
})

const kills: (() => void)[] = []
afterEach(() => {
  for (const kill of kills.splice(0)) kill()
})

type Way = { socket: Socket; heard(): string; closed: Promise<unknown> }

async function startProgram(env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  })
  kills.push(() => child.kill('SIGKILL'))
  const exited = once(child, 'exit')
  // Lines that come before somebody asks for them wait.
  const lines = on(createInterface({ input: child.stdout }), 'line')
  const said = async () => String((await lines.next()).value?.[0])
  const port = await said()
  return {
    /** A connection over which `written` is sent at once, and what has come back so far. */
    async open(written = ''): Promise<Way> {
      const socket = connect(Number(port), '127.0.0.1')
      let heard = ''
      socket.on('data', (bytes) => {
        heard += bytes
      })
      socket.on('error', () => {})
      await once(socket, 'connect')
      socket.write(written)
      return { socket, heard: () => heard, closed: once(socket, 'close') }
    },
    /** The next line that it prints. */
    said,
    terminate: () => child.kill('SIGTERM'),
    /** The exit code. */
    ended: exited.then(([code]) => code),
  }
}

const get = (path: string) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`
const HALF_A_BODY = 'POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n12345'
/** Until the requests have begun, and what can be sent is on its way. */
const UNDER_WAY_MS = 300

/** Sends a byte again and again, for as long as somebody takes it. */
function trickle({ socket }: Way, byte: string): void {
  const timer = setInterval(() => socket.write(byte), 50)
  socket.on('close', () => clearInterval(timer))
}

describe('a process that is told to end closes', () => {
  test.each<[string, string, (way: Way) => void]>([
    ['a connection over which nothing was sent', '', () => {}],
    ['half a head', 'GET / HTTP/1.1\r\nHo', () => {}],
    ['half a head that goes on without end', 'GET / HTTP/1.1\r\nHost: x\r\nX: ', (way) => trickle(way, 'x')],
    ['half a body', HALF_A_BODY, () => {}],
    ['half a body that goes on without end', HALF_A_BODY.replace('10', '100000'), (way) => trickle(way, 'x')],
    ['half a body behind an answer', HALF_A_BODY.replace('/upload', '/'), () => {}],
    ['an answer that nobody reads', get('/large'), ({ socket }) => void socket.pause()],
    ['answers that nobody reads', get('/large').repeat(5), ({ socket }) => void socket.pause()],
    ['an idle connection', get('/'), () => {}],
    ['an event stream that ends by itself', get('/stream'), () => {}],
    ['an event stream that does not', get('/deaf'), () => {}],
    [
      'a connection that is no HTTP any more',
      `${get('/').slice(0, -2)}Connection: Upgrade\r\nUpgrade: x\r\n\r\n`,
      () => {},
    ],
  ])('%s', async (_, written, then) => {
    const { open, terminate, ended } = await startProgram()
    const way = await open(written)
    then(way)
    await sleep(UNDER_WAY_MS)
    terminate()
    expect(await ended).toBe(143)
    way.socket.resume()
    await way.closed
  })

  test('all of these at once, but not before what it computes is answered', async () => {
    const { open, terminate, ended } = await startProgram()
    const others = await Promise.all(['', 'GET / HT', HALF_A_BODY, get('/large'), get('/deaf')].map(open))
    others[3]?.socket.pause()
    const slow = await open(get('/slow?ms=4000'))
    const pipelined = await open(get('/slow?ms=3000') + get('/'))
    await sleep(UNDER_WAY_MS)
    terminate()
    await Promise.all(others.slice(0, 3).map(({ closed }) => closed))
    expect(slow.heard()).toBe('')
    await Promise.all([slow.closed, pipelined.closed])
    expect(slow.heard()).toMatch(/\r\n\r\nanswered$/)
    expect(pipelined.heard().match(/answered/g)).toHaveLength(2)
    expect(await ended).toBe(143)
  })

  test('a connection from before it was followed', async () => {
    const { open, said, terminate, ended } = await startProgram({ EARLY: '1' })
    const early = await open()
    await said()
    const { socket, closed } = await open(get('/'))
    await sleep(UNDER_WAY_MS)
    socket.destroy()
    await closed
    terminate()
    expect(await ended).toBe(143)
    await early.closed
  })
})

describe('a process that is told to end answers', () => {
  test('a client that reads slowly, while it reads', async () => {
    const { open, terminate, ended } = await startProgram()
    const { socket, heard, closed } = await open(get('/large'))
    socket.pause()
    await sleep(UNDER_WAY_MS)
    terminate()
    // With pauses shorter than the grace. The system sends on when a good part of its buffers is free again.
    for (let bytes = 5_000_000; bytes < 30_000_000; bytes += 5_000_000) {
      socket.resume()
      while (heard().length < bytes) await once(socket, 'data')
      socket.pause()
      await sleep(150)
    }
    socket.resume()
    await closed
    expect(heard().length).toBeGreaterThan(30_000_000)
    expect(await ended).toBe(143)
  })

  test('a body that comes slowly, while it comes', async () => {
    const { open, terminate, ended } = await startProgram()
    const { socket, heard, closed } = await open(HALF_A_BODY)
    await sleep(UNDER_WAY_MS)
    terminate()
    for (const byte of '67890') {
      await sleep(150)
      socket.write(byte)
    }
    await closed
    expect(heard()).toMatch(/answered/)
    expect(await ended).toBe(143)
  })

  test('who asks once more over a connection that is in use, and says that it was the last time', async () => {
    const { open, terminate, ended } = await startProgram()
    const { socket, heard, closed } = await open(get('/slow?ms=1000'))
    await sleep(UNDER_WAY_MS)
    terminate()
    await sleep(100)
    socket.write(get('/slow?ms=10'))
    await closed
    expect(heard().match(/answered/g)).toHaveLength(2)
    expect(heard().match(/connection: close/gi)).toHaveLength(1)
    expect(await ended).toBe(143)
  })
})
