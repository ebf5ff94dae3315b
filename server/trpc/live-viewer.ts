// One viewer of a live stream: a body that is written as fast as it is read, without a buffer of its own.
import type { TrackedEnvelope } from '@trpc/server'
import { tracked } from '@trpc/server'
import { PING_MS } from './init'
import type { LiveBoard, LivePosition } from './live-board'
import type { LiveEvent } from './live-event'
import { follow, LiveFollower } from './live-follower'
import type { LiveMessages } from './live-message'
import { readMessage } from './live-message'
import type { Wakeable } from './spread'

/** Who doesn't read for so long is cut off: it comes back, and is told what it missed. */
const UNREAD_LIMIT_MS = 60_000

/** As tRPC writes it. */
const PING = Buffer.from('event: ping\ndata: \n\n\n')

export type ViewerOptions = {
  board: LiveBoard
  position: LivePosition
  messages: LiveMessages
  /** Aborts when the client leaves. */
  signal: AbortSignal | undefined
  /** Called once, when the viewer has left or was let go. */
  onEnd(): void
}

export type BodyOptions = {
  /** What the body begins with. */
  greeting: Uint8Array
  /** What it ends with where the stream fails. */
  farewell(error: unknown): Uint8Array
  /** Closes the connection of a client that doesn't read; without it, only the stream ends. */
  cut?: () => void
}

/** It is read as a body, or event by event by a caller within the process; `end` must be called, or `signal` abort. */
export class LiveViewer implements Wakeable, AsyncIterable<TrackedEnvelope<LiveEvent>> {
  readonly #options: ViewerOptions
  #body: (BodyOptions & { controller: ReadableStreamDefaultController<Uint8Array>; follower: LiveFollower }) | undefined
  #iteration: AbortController | undefined
  #isGreeted = false
  #isReading = false
  #isLetGo = false
  #isOver = false
  #givenMs = Date.now()

  constructor(options: ViewerOptions) {
    this.#options = options
    options.signal?.addEventListener('abort', this.end)
  }

  /** Without a queue of its own: what isn't read isn't even looked for. */
  body(options: BodyOptions): ReadableStream<Uint8Array> {
    const { board, messages, position } = this.#options
    const follower = new LiveFollower(board, position, messages, {
      message: ({ bytes }) => this.#give(bytes),
      failure: (error) => {
        this.#give(options.farewell(error))
        this.#close()
      },
    })
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          if (this.#isOver) controller.close()
          else this.#body = { ...options, controller, follower }
        },
        pull: () => this.#pull(),
        cancel: this.end,
      },
      { highWaterMark: 0 },
    )
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<TrackedEnvelope<LiveEvent>, void> {
    const { board, messages, position } = this.#options
    this.#iteration = new AbortController()
    if (this.#isOver) this.#iteration.abort()
    try {
      for await (const message of follow(board, position, messages, this.#iteration.signal)) {
        const { id, json } = readMessage(message)
        yield tracked(id, JSON.parse(json) as LiveEvent)
      }
    } finally {
      this.end()
    }
    // A stream that returned would be over for good; one that was aborted is sought again by its client.
    throw new DOMException('The stream ended with its client or its server', 'AbortError')
  }

  /** Whether `wake` would do something. */
  isDue(nowMs: number): boolean {
    if (this.#isLetGo || this.#body === undefined) return this.#isLetGo
    return nowMs - this.#givenMs >= (this.#isReading ? PING_MS : UNREAD_LIMIT_MS)
  }

  wake(): void {
    if (!this.isDue(Date.now())) return
    if (this.#isReading && !this.#isLetGo) {
      // Who has not read this yet wants nothing more.
      this.#body?.follower.rest()
      this.#give(PING)
      return
    }
    if (!this.#isReading) this.#body?.cut?.()
    this.#close()
  }

  /** The server ends: so does the stream, at the next `wake`, and its client looks for another one. */
  letGo(): void {
    this.#isLetGo = true
  }

  /** The client has left. */
  readonly end = (): void => {
    if (this.#isOver) return
    this.#isOver = true
    this.#iteration?.abort()
    const { onEnd, signal } = this.#options
    signal?.removeEventListener('abort', this.end)
    this.#body?.follower.leave()
    this.#body = undefined
    onEnd()
  }

  #pull(): void {
    if (this.#body === undefined) return
    this.#isReading = true
    if (this.#isGreeted) {
      this.#body.follower.want()
      return
    }
    this.#isGreeted = true
    this.#give(this.#body.greeting)
  }

  #give(bytes: Uint8Array): void {
    this.#isReading = false
    this.#givenMs = Date.now()
    this.#body?.controller.enqueue(bytes)
  }

  /** Not with a `return` event: tRPC's client would take that for the end of all. */
  #close(): void {
    const controller = this.#body?.controller
    this.end()
    controller?.close()
  }
}
