// A reader that follows a question from one position to the next at its own speed, without a queue.
import type { LiveBoard, LivePosition, Waiter } from './live-board'
import type { LiveMessage, LiveMessages } from './live-message'

export type Listener = {
  /** Called once for each `want`. */
  message(message: LiveMessage): void
  /** Called instead, and it is over then. */
  failure(error: unknown): void
}

export class LiveFollower implements Waiter {
  position: LivePosition
  readonly #board: LiveBoard
  readonly #messages: LiveMessages
  readonly #listener: Listener
  #state: 'idle' | 'waiting' | 'left' = 'idle'
  #reading: LiveMessage | undefined

  constructor(board: LiveBoard, position: LivePosition, messages: LiveMessages, listener: Listener) {
    this.#board = board
    this.position = position
    this.#messages = messages
    this.#listener = listener
  }

  /** The last message is read, and the next one is wanted: where it is there, it comes in a later turn. */
  want(): void {
    this.#letGo()
    if (this.#state !== 'idle') return
    this.#state = 'waiting'
    this.#board.wait(this)
  }

  wake(): void {
    if (this.#state !== 'waiting') return
    if (this.#take()) this.#board.endWait(this)
    // What woke it may have been forgotten since then.
    else this.#board.wait(this)
  }

  /** Nothing is wanted any more, until the next `want`. */
  rest(): void {
    if (this.#state !== 'waiting') return
    this.#state = 'idle'
    this.#board.endWait(this)
  }

  fail(error: unknown): void {
    this.leave()
    this.#listener.failure(error)
  }

  leave(): void {
    this.#letGo()
    if (this.#state === 'left') return
    this.#state = 'left'
    this.#board.endWait(this)
    this.#board.left()
  }

  #take(): boolean {
    const message = this.#board.next(this.position)
    if (message === undefined) return false
    this.#state = 'idle'
    this.position = { sentMs: message.atMs, known: message.known }
    this.#reading = message
    this.#messages.read(message)
    this.#listener.message(message)
    return true
  }

  #letGo(): void {
    if (this.#reading !== undefined) this.#messages.letGo(this.#reading)
    this.#reading = undefined
  }
}

/** What comes after `position`, one message after the other, each read until the next is asked for. Throws failures. */
export async function* follow(
  board: LiveBoard,
  position: LivePosition,
  messages: LiveMessages,
  signal: AbortSignal,
): AsyncGenerator<LiveMessage, void> {
  let told: { resolve(message: LiveMessage | undefined): void; reject(error: unknown): void } | undefined
  const follower = new LiveFollower(board, position, messages, {
    message: (message) => told?.resolve(message),
    failure: (error) => told?.reject(error),
  })
  const end = () => {
    follower.leave()
    told?.resolve(undefined)
  }
  signal.addEventListener('abort', end)
  try {
    while (!signal.aborted) {
      const message = await new Promise<LiveMessage | undefined>((resolve, reject) => {
        told = { resolve, reject }
        follower.want()
      })
      if (message === undefined) return
      yield message
    }
  } finally {
    signal.removeEventListener('abort', end)
    follower.leave()
  }
}
