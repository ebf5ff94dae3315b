// One stream for all tabs of a browser that ask the same question, and few streams for all questions together: over
// HTTP/1.1 a browser has six connections to an origin, which the app's own pages need as well. The tab that was first leads:
// it holds the stream and tells the others what comes. A leader that is silent is replaced, and two of them agree as soon as
// they hear each other, so that no lock is needed: browsers have none over plain http.
import type { LiveEvent } from '@/server/trpc/live-event'
import type { LiveQuestion, OpenStream } from './live-store'

/** Streams of one browser to one origin; the other three connections are for pages. */
export const MOST_STREAMS = 3
/** How long a tab listens for a leader before it leads. */
export const JOIN_MS = 100
/** A leader is heard at least this often; one that isn't for so long is gone. */
export const HERE_MS = 2_000
export const SILENCE_MS = 5_000

/** `from` names a member: the greater of two names is that of the one who came later. `key` says what is asked. */
type Named = { from: string; key: string }

export type SharedMessage =
  /** Who leads? A leader of the same question tells what it has, as well. */
  | (Named & { kind: 'ask' })
  /** I lead, have got as far as the event `atId`, and so is my connection. */
  | (Named & { kind: 'here'; atId: string | undefined; connection: Connection | undefined })
  /** What has come after the event `after`; `to` where it is the answer to one that asked. */
  | (Named & { kind: 'told'; after: string | undefined; id: string; event: LiveEvent; to?: string })
  /** I lead no longer. */
  | (Named & { kind: 'bye' })
  /** I ask now and then, and do it now. One asks at a time, so that connections stay free. */
  | (Named & { kind: 'poll' })
  /** I have asked. */
  | (Named & { kind: 'polled' })

/** Posts to all others, and closes. */
export type Channel = { post(message: SharedMessage): void; close(): void }

type Connection = 'connected' | 'lost'

type SharedStreamOptions = {
  open: OpenStream
  openChannel: (onMessage: (message: SharedMessage) => void) => Channel
  /** Where the question is asked: an origin may have several such places. */
  place: string
  /** How often a question is asked for which no stream is left. No shorter than new points come. */
  pollMs: number
}

/**
 * A stream as `open` opens it, which may be another tab's. A question for which no stream is left is asked every `pollMs`.
 */
export function shareStream({ open, openChannel, place, pollMs }: SharedStreamOptions): OpenStream {
  return (question, lastEventId, on) => {
    const me = nameNow()
    const key = toKey(place, question)
    /** Of the other leaders: what they ask and when they were heard. */
    const others = new Map<string, { key: string; heardMs: number }>()
    let leader: string | undefined
    let isLeading = false
    let isPolling = false
    /** Who else asks at the moment, and since when. */
    let poller: { from: string; heardMs: number } | undefined
    let atId = lastEventId
    let connection: Connection | undefined
    let stop = () => {}
    let timer: ReturnType<typeof setTimeout> | undefined
    let beat: ReturnType<typeof setInterval> | undefined

    const channel = openChannel(hear)
    const ask = () => channel.post({ kind: 'ask', from: me, key })
    const sayHere = () => channel.post({ kind: 'here', from: me, key, atId, connection })
    next(JOIN_MS, takeOver)
    ask()

    function next(ms: number, then: () => void): void {
      clearTimeout(timer)
      timer = setTimeout(then, ms)
    }

    /** Lets go of the stream, if there is one. */
    function letGo(): void {
      clearTimeout(timer)
      clearInterval(beat)
      stop()
      stop = () => {}
      if (isLeading) channel.post({ kind: 'bye', from: me, key })
      if (isPolling) channel.post({ kind: 'polled', from: me, key })
      isLeading = false
      isPolling = false
    }

    function hear(message: SharedMessage): void {
      const { from } = message
      const isMine = message.key === key
      if (message.kind === 'ask') {
        if (isLeading && isMine) tellAll(from)
        if (isLeading) sayHere()
        return
      }
      if (message.kind === 'bye') {
        others.delete(from)
        // All who followed it hear this at once, and the first to lead is followed by the others.
        if (from === leader) next(Math.random() * JOIN_MS, takeOver)
        return
      }
      if (message.kind === 'poll' || message.kind === 'polled') {
        if (message.kind === 'poll') poller = { from, heardMs: Date.now() }
        else if (poller?.from === from) poller = undefined
        return
      }
      others.set(from, { key: message.key, heardMs: Date.now() })
      if (isLeading) {
        if (!isMine) {
          if (countOthers((other) => other < me) >= MOST_STREAMS) poll()
          return
        }
        if (from > me) {
          sayHere()
          return
        }
      }
      if (!isMine) return
      follow(from)
      if (message.kind === 'here') {
        tellConnection(message.connection)
        if (message.atId !== undefined && message.atId !== atId) ask()
      } else if (message.to === undefined || message.to === me) take(message)
    }

    /** All that there is, as one event. */
    function tellAll(to: string): void {
      const event = on.history()
      if (event === undefined || atId === undefined) return
      channel.post({ kind: 'told', from: me, key, after: undefined, id: atId, event, to })
    }

    function take({ after, id, event }: Extract<SharedMessage, { kind: 'told' }>): void {
      if (id === atId) return
      if (event.isReset || after === atId) {
        atId = id
        on.message({ id, event })
      } else ask()
    }

    function tellConnection(now: Connection | undefined): void {
      if (now !== undefined && now !== connection) on.connection(now)
      connection = now
    }

    function follow(from: string): void {
      if (leader !== from) letGo()
      leader = from
      on.pace?.(undefined)
      next(SILENCE_MS, takeOver)
    }

    /** Others that lead and have been heard lately. */
    function countOthers(counts: (name: string) => boolean = () => true): number {
      for (const [name, { heardMs }] of others) if (Date.now() - heardMs > SILENCE_MS) others.delete(name)
      return [...others.keys()].filter(counts).length
    }

    function takeOver(): void {
      leader = undefined
      if (countOthers() >= MOST_STREAMS) poll()
      else lead()
    }

    function lead(): void {
      letGo()
      isLeading = true
      on.pace?.(undefined)
      sayHere()
      beat = setInterval(sayHere, HERE_MS)
      stop = open(question, atId, {
        ...on,
        message(message) {
          channel.post({ kind: 'told', from: me, key, after: atId, ...message })
          atId = message.id
          on.message(message)
        },
        connection(now) {
          tellConnection(now)
          sayHere()
        },
      })
    }

    /** Opens a stream for one event. */
    function poll(): void {
      letGo()
      if (poller !== undefined && Date.now() - poller.heardMs < SILENCE_MS) {
        next((1 + Math.random()) * JOIN_MS, takeOver)
        return
      }
      isPolling = true
      on.pace?.(pollMs)
      channel.post({ kind: 'poll', from: me, key })
      stop = open(question, atId, {
        ...on,
        message(message) {
          letGo()
          next(pollMs, takeOver)
          atId = message.id
          on.message(message)
        },
        connection: tellConnection,
      })
    }

    return () => {
      letGo()
      channel.close()
    }
  }
}

/** Names of members, in the order in which they came. */
const nameNow = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`

function toKey(place: string, { exprs, instantExprs, rangeMs, stepMs }: LiveQuestion): string {
  return JSON.stringify([place, exprs, instantExprs, rangeMs, stepMs])
}

/** What tabs of another version post is not understood: a new one wherever a message or an event changes its shape. */
const CHANNEL = 'hearth-live-1'

/** To the other tabs of this browser and origin. Where there are no channels, as in a sandboxed frame, there is nobody. */
export function openTabChannel(onMessage: (message: SharedMessage) => void): Channel {
  try {
    const channel = new BroadcastChannel(CHANNEL)
    channel.onmessage = ({ data }: MessageEvent<SharedMessage>) => onMessage(data)
    return { post: (message) => channel.postMessage(message), close: () => channel.close() }
  } catch {
    return { post: () => {}, close: () => {} }
  }
}
