// What the viewers of one question have in common: its history and the event of each tick are evaluated and encoded once,
// when the first of them wants it, and all are sent the same bytes.
import type { MemoryPool, MemoryShare } from '../memory-pool'
import { PromqlError } from '../promql/promql-error'
import { queryTurns } from '../promql/turns'
import type { LiveQuestion, LiveResult, LiveSpan } from './live-answer'
import { timesOf } from './live-answer'
import type { EventKind } from './live-encoder'
import { EventWriter, SeriesNumbers } from './live-encoder'
import type { LiveMessage, LiveMessages } from './live-message'
import { toServerSentEvent } from './live-message'
import type { Wakeable } from './spread'

/** A history serves who comes within so many ticks, together with the events since then. */
const HISTORY_SERVES_TICKS = 5
/** The newest events, for who comes back or reads slowly: some more than a history that is being evaluated needs. */
const KEPT_EVENTS = 16
/** Who is farther behind is told what is missing in one event. So many different ones of these are evaluated at once. */
const CATCH_UPS_AT_ONCE = 4

/** The newest instant that a viewer has seen, null for none, and the number below which it knows all names. */
export type LivePosition = { sentMs: number | null; known: number }

export const NOTHING_SEEN: LivePosition = { sentMs: null, known: 0 }

export type Waiter = Wakeable & {
  readonly position: LivePosition
  /** What it waits for can't be had, for a reason that is neither the question's nor its source's fault. */
  fail(error: unknown): void
}

type Serves = Pick<LiveMessage, 'fromMs' | 'untilMs' | 'fromKnown'> & { isTick: boolean }

/** What all boards have in common. */
export type BoardSource = {
  newestMs(): number | null
  /** When samples of the past came in last, as they do when the history of an earlier process is loaded. */
  pastChangedMs(): number
  /** Throws PromqlError where it can't be asked at all; else as `answerLive`. */
  answer(
    question: LiveQuestion,
    span: LiveSpan,
    isTick: boolean,
    signal: AbortSignal,
    use: (query: number, result: LiveResult) => Promise<void>,
  ): Promise<void>
  memory: MemoryPool
  messages: LiveMessages
  /** Wakes a waiter in a later turn. */
  wake(waiter: Wakeable): void
}

export class LiveBoard implements Wakeable {
  readonly question: LiveQuestion
  /** Whose numbers and instants an event's id tells of; another process has another one. */
  readonly #epoch = Math.random().toString(36).slice(2, 8)
  readonly #source: BoardSource
  readonly #numbers = new SeriesNumbers()
  readonly #waiting = new Set<Waiter>()
  #history: LiveMessage | undefined
  #historyTicks = 0
  readonly #events: LiveMessage[] = []
  /** Made, for those who are about to be woken, and held until they have come. */
  #fresh: LiveMessage[] = []
  readonly #held = new Set<LiveMessage>()
  /** Where the viewers are that have seen everything. */
  #headMs: number | null = null
  #tickMs = Number.NEGATIVE_INFINITY
  /** When the past changed last, as it was known at that tick. */
  #changedMs: number
  #isAskingPast = false
  #isAskingTick = false
  /** Changes when what was under way is of no use any more. */
  #age = 0
  #nobodyWaits = new AbortController()
  /** Events that are being made: they speak of names that must not be forgotten. */
  #underWay = 0

  constructor(question: LiveQuestion, source: BoardSource) {
    this.question = question
    this.#source = source
    this.#changedMs = source.pastChangedMs()
  }

  /** Where a viewer is that hands back the id of the last event it saw: an id that isn't ours means nothing was seen. */
  positionOf(lastEventId: string | null | undefined): LivePosition {
    const [, atMs, epoch, known = ''] =
      /^(\d{1,15})(?:-([0-9a-z]{1,8})-([0-9a-z]{1,8}))?$/.exec(lastEventId ?? '') ?? []
    if (atMs === undefined) return NOTHING_SEEN
    const isOurs = epoch === this.#epoch
    return { sentMs: Number(atMs), known: isOurs ? Math.min(Number.parseInt(known, 36), this.#numbers.next) : 0 }
  }

  /** What is there already for a viewer at this position. */
  next(position: LivePosition): LiveMessage | undefined {
    const newestMs = this.#source.newestMs()
    if (newestMs === null) return undefined
    const { sentMs, known } = this.#actual(position, newestMs)
    if (sentMs === newestMs) return undefined
    if (sentMs === null) return this.#history
    let best: LiveMessage | undefined
    for (const event of this.#events) {
      const { fromMs, fromKnown, untilMs } = event
      if (fromMs === null || sentMs < fromMs || sentMs > untilMs || fromKnown > known) continue
      if (fromMs >= (best?.fromMs ?? fromMs)) best = event
    }
    return best
  }

  /** `waiter` is woken when there is something for it, or may be. */
  wait(waiter: Waiter): void {
    this.#waiting.add(waiter)
    if (waiter.position.sentMs === this.#source.newestMs()) return
    // Of a thousand who come together only the first makes the board look.
    this.#source.wake(this.next(waiter.position) === undefined ? this : waiter)
  }

  endWait(waiter: Waiter): void {
    this.#waiting.delete(waiter)
  }

  /** Somebody has left: what nobody waits for is abandoned. */
  left(): void {
    if (this.#waiting.size > 0) return
    this.#nobodyWaits.abort()
    this.#nobodyWaits = new AbortController()
  }

  /** There is a new tick. */
  ticked(): void {
    const newestMs = this.#source.newestMs() ?? this.#tickMs
    const changedMs = this.#source.pastChangedMs()
    if (newestMs < this.#tickMs || changedMs !== this.#changedMs) this.forgetAll()
    this.#tickMs = newestMs
    this.#changedMs = changedMs
    const history = this.#history
    const isOld = history !== undefined && ++this.#historyTicks > HISTORY_SERVES_TICKS
    if (isOld && !this.#held.has(history)) this.#forgetHistory()
    this.wake()
  }

  forget(message: LiveMessage): void {
    if (message === this.#history) this.#history = undefined
    const place = this.#events.indexOf(message)
    if (place >= 0) this.#events.splice(place, 1)
  }

  forgetAll(): void {
    this.#age++
    this.#headMs = null
    this.#forgetMessages()
  }

  /** Where a viewer really is: who saw what isn't so any more, or what is older than the range, has seen nothing. */
  #actual(position: LivePosition, newestMs: number): LivePosition {
    const { sentMs } = position
    if (sentMs === null || sentMs === newestMs) return position
    const isLost = sentMs > newestMs || sentMs <= newestMs - this.question.rangeMs || sentMs <= this.#changedMs
    return isLost ? NOTHING_SEEN : position
  }

  /** Wakes who can be told something, and asks for what the others wait for. */
  wake(): void {
    const newestMs = this.#source.newestMs()
    if (newestMs === null) {
      this.#letGoAfterwards()
      return
    }
    const atHead: LivePosition[] = []
    const behind = new Set<number | null>()
    for (const waiter of this.#waiting) {
      const position = this.#actual(waiter.position, newestMs)
      if (position.sentMs === newestMs) continue
      if (this.next(position) !== undefined) this.#source.wake(waiter)
      else if (position.sentMs !== null && position.sentMs === this.#headMs) atHead.push(position)
      else behind.add(position.sentMs)
    }
    this.#letGoAfterwards()
    if (atHead.length > 0 && !this.#isAskingTick) {
      const least = atHead.reduce((least, { known }) => Math.min(least, known), Number.POSITIVE_INFINITY)
      void this.#askTick(this.#headMs, least, newestMs)
    }
    if (behind.size > 0 && !this.#isAskingPast) void this.#askPast(behind, newestMs)
  }

  /** Whoever is woken is woken in the order of asking, so that all of them have come when this has its turn. */
  #letGoAfterwards(): void {
    const fresh = this.#fresh
    if (fresh.length === 0) return
    this.#fresh = []
    this.#source.wake({
      wake: () => {
        for (const message of fresh) {
          this.#held.delete(message)
          this.#source.messages.letGo(message)
        }
      },
    })
  }

  async #askTick(fromMs: number | null, fromKnown: number, atMs: number): Promise<void> {
    this.#isAskingTick = true
    // Whoever saw an instant in between, from another process, may have it as well: it is small.
    const serves = { fromMs, untilMs: atMs - 1, fromKnown, isTick: true }
    await this.#make(serves, atMs).catch((error) => this.#fail([fromMs], error))
    this.#isAskingTick = false
    this.wake()
  }

  async #askPast(behind: ReadonlySet<number | null>, atMs: number): Promise<void> {
    this.#isAskingPast = true
    const seen = [...behind].filter((sentMs) => sentMs !== null).sort((a, b) => b - a)
    const groups: (number | null)[][] = behind.has(null) ? [[null]] : []
    const size = Math.ceil(seen.length / CATCH_UPS_AT_ONCE)
    while (seen.length > 0) groups.push(seen.splice(0, size))
    for (const group of groups) {
      const serves = { fromMs: group.at(-1) ?? null, untilMs: group[0] ?? 0, fromKnown: 0, isTick: false }
      await this.#make(serves, atMs).catch((error) => this.#fail(group, error))
      this.wake()
    }
    this.#isAskingPast = false
    this.wake()
  }

  /** Throws what isn't the fault of the question or of its source. */
  async #make({ fromMs, fromKnown, untilMs, isTick }: Serves, atMs: number): Promise<void> {
    const age = this.#age
    const { signal } = this.#nobodyWaits
    this.#makeRoomForNames(atMs)
    const held = this.#source.memory.open()
    this.#underWay++
    try {
      const span = { sentMs: fromMs, atMs }
      const kind = { isReset: fromMs === null, fromKnown }
      let { json, known } = await this.#write(span, kind, isTick, held, signal)
      const refusal = this.#source.messages.refusalOf(json.reduce((sum, { length }) => sum + length, 0))
      if (refusal !== undefined) ({ json, known } = await this.#refuse(refusal, span, kind, held))
      if (signal.aborted || age !== this.#age) return
      const bytes = toServerSentEvent(json, `${atMs}-${this.#epoch}-${known.toString(36)}`)
      this.#keep({ fromMs, untilMs, fromKnown, atMs, known, bytes })
    } finally {
      this.#underWay--
      held.end()
    }
  }

  async #write(span: LiveSpan, kind: EventKind, isTick: boolean, held: MemoryShare, signal: AbortSignal) {
    const writer = new EventWriter(this.#numbers, timesOf(this.question, span), kind, held)
    try {
      await this.#source.answer(this.question, span, isTick, signal, (query, result) =>
        queryTurns().finish(writer.add(query, result)),
      )
    } catch (error) {
      if (error instanceof PromqlError) return this.#refuse(error.message, span, kind, held)
      throw error
    }
    return queryTurns().finish(writer.end())
  }

  /** The event where nothing can be told. */
  #refuse(message: string, span: LiveSpan, kind: EventKind, held: MemoryShare) {
    const writer = new EventWriter(this.#numbers, timesOf(this.question, span), kind, held)
    const { exprs, instantExprs } = this.question
    for (const query of [...exprs, ...instantExprs].keys()) writer.refuse(query, message)
    return queryTurns().finish(writer.end())
  }

  #makeRoomForNames(atMs: number): void {
    if (!this.#numbers.isFull || this.#underWay > 0 || this.#held.size > 0) return
    // Events that are kept speak of names that are forgotten now.
    this.#forgetMessages()
    this.#numbers.forget(atMs - this.question.rangeMs)
  }

  #keep(message: LiveMessage): void {
    this.#headMs = Math.max(this.#headMs ?? message.atMs, message.atMs)
    this.#source.messages.keep(message, this)
    // Until those who wait for it have come to read it, nothing else takes its place.
    this.#source.messages.read(message)
    this.#held.add(message)
    this.#fresh.push(message)
    if (message.fromMs === null) {
      this.#forgetHistory()
      this.#history = message
      this.#historyTicks = 0
      return
    }
    this.#events.push(message)
    const [oldest] = this.#events
    if (oldest !== undefined && this.#events.length > KEPT_EVENTS) this.#drop(oldest)
  }

  #forgetHistory(): void {
    if (this.#history !== undefined) this.#drop(this.#history)
  }

  #forgetMessages(): void {
    this.#forgetHistory()
    for (const event of [...this.#events]) this.#drop(event)
  }

  #drop(message: LiveMessage): void {
    this.forget(message)
    this.#source.messages.drop(message)
  }

  #fail(sent: readonly (number | null)[], error: unknown): void {
    const newestMs = this.#source.newestMs()
    if (newestMs === null) return
    for (const waiter of [...this.#waiting]) {
      if (sent.includes(this.#actual(waiter.position, newestMs).sentMs)) waiter.fail(error)
    }
  }
}
