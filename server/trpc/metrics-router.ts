// The numbers, for the browser: as they are scraped, as PromQL answers, and live.
import { TRPCError } from '@trpc/server'
import { env } from '../env'
import type { Snapshot } from '../exposition/snapshot'
import type { PromqlErrorKind } from '../promql/promql-error'
import { PromqlError } from '../promql/promql-error'
import { queryTurns } from '../promql/turns'
import { QuerierError } from '../query/querier-error'
import type { TargetName } from '../scrape/target-key'
import { processStorage } from '../storage/process-storage'
import { variableName } from '../variable-name'
import type { Context } from './context'
import { choicesOfEngine, familiesOfEngine, labelsOfEngine, lately } from './engine-families'
import { largestExemplars } from './exemplars'
import type { Exposed } from './families'
import { summariesOf } from './families'
import { procedure, router } from './init'
import type { FamiliesInput } from './inputs'
import {
  exemplarsInput,
  explainInput,
  familiesInput,
  familyLabelsInput,
  liveInput,
  rangeInput,
  snapshotInput,
  windowInput,
} from './inputs'
import { statusOf } from './status'
import { wireExplained } from './wire-explained'
import { wireSeries } from './wire-series'
import { wireSnapshot } from './wire-snapshot'

export const metricsRouter = router({
  /**
   * The newest snapshot of a target, of this process if none is named; null before its first scrape. A target is named by
   * its job and its instance, or by one of them where that is enough.
   */
  snapshot: procedure.input(snapshotInput).query(({ ctx, input, signal }) => {
    return ask(ctx, signal, async () => {
      const snapshot = newestSnapshotOf(ctx.scrape, input)
      return snapshot ? queryTurns().finish(wireSnapshot(snapshot, ctx.memory)) : null
    })
  }),

  /**
   * What targets expose, without its values: the target that is named as for `snapshot`, all of a job, or with `every` all
   * targets. Empty before the first scrape. With PROMETHEUS_URL it is what the engine has of the last minutes, of a job or of
   * what has a label where they are named.
   */
  families: procedure.input(familiesInput).query(({ ctx, input, signal }) => {
    return ask(ctx, signal, async () => {
      if (env().prometheusUrl !== undefined) return familiesOfEngine(ctx.querier, lately(Date.now(), input))
      const exposed = exposedBy(ctx.scrape, input)
      const [first] = exposed
      const matchers = (['job', 'instance'] as const).flatMap((name) => {
        const value = exposed.length === 1 && first !== undefined ? first[name] : input[name]
        return value === undefined ? [] : [{ name, op: '=' as const, value }]
      })
      const firstSamples = await queryTurns().finish(processStorage().firstSamples(matchers))
      return queryTurns().finish(summariesOf(exposed, firstSamples))
    })
  }),

  /** With PROMETHEUS_URL: the labels of the series that a selector finds, with how many values each has. */
  familyLabels: procedure.input(familyLabelsInput).query(({ ctx, input, signal }) => {
    return ask(ctx, signal, (signal) => {
      return labelsOfEngine(ctx.querier, input.selector, Date.now(), { signal, memory: ctx.memory })
    })
  }),

  /** With PROMETHEUS_URL: by which jobs and labels `families` can be filtered. */
  familyChoices: procedure.query(({ ctx, signal }) => {
    return ask(ctx, signal, () => choicesOfEngine(ctx.querier, Date.now()))
  }),

  /** One expression over a time: a matrix, its values as WireValue. */
  range: procedure.input(rangeInput).query(({ ctx, input, signal }) => {
    const { expr, ...range } = input
    return ask(ctx, signal, async (signal) => {
      const maxSamples = env().queryMaxSamples
      const matrix = await ctx.querier.range(expr, range, { signal, memory: ctx.memory, maxSamples })
      return { series: await queryTurns().finish(wireSeries(matrix)) }
    })
  }),

  /**
   * An expression as a tree over a time, at an instant, or now: each part with its type, series, labels, samples, milliseconds,
   * and the values of its first series. At most 100 parts, and a mebibyte.
   */
  explain: procedure.input(explainInput).query(({ ctx, input, signal }) => {
    const { expr, ...asked } = input
    const times = 'stepMs' in asked ? asked : { atMs: asked.atMs ?? Date.now() }
    return ask(ctx, signal, async (signal) => {
      const maxSamples = env().queryMaxSamples
      return wireExplained(await ctx.querier.explain(expr, times, { signal, memory: ctx.memory, maxSamples }))
    })
  }),

  /** The largest exemplars of the series that an expression looks at, up to now or to `endMs`. */
  exemplars: procedure.input(exemplarsInput).query(({ ctx, input, signal }) => {
    const { expr, rangeMs, endMs = Date.now() } = input
    return ask(ctx, signal, async (signal) => {
      const found = await ctx.querier.exemplars(expr, { startMs: endMs - rangeMs, endMs }, { signal })
      return queryTurns().finish(largestExemplars(found))
    })
  }),

  /** What `live` tells first, for a time that stands still: one event. */
  window: procedure.input(windowInput).query(({ ctx, input: { lastEventId: _, ...question }, signal }) => {
    return inWords(() => ctx.live.window(question, signal))
  }),

  /** Where the answers come from, what is held, and how the targets are. */
  status: procedure.query(({ ctx }) => statusOf(ctx)),

  /** The whole range first, then what is new at each tick; resumes after `lastEventId`. */
  live: procedure.input(liveInput).subscription(({ ctx, input, signal }) => {
    const { lastEventId, ...question } = input
    const viewer = ctx.live.open(question, lastEventId, signal)
    if (viewer !== undefined) return viewer
    const { limit } = ctx.live.streams()
    const message = `${limit} live streams are open, which is the limit (${variableName('LIVE_STREAMS')}): try again later.`
    throw new TRPCError({ code: 'SERVICE_UNAVAILABLE', message })
  }),
})

/** Those that have been scraped. */
function exposedBy(scrape: Context['scrape'], { job, instance, every = false }: FamiliesInput): Exposed[] {
  const isThisApp = !every && job === undefined && instance === undefined
  return scrape.targets().flatMap((target, place) => {
    const isMeant = isThisApp
      ? place === 0
      : target.job === (job ?? target.job) && target.instance === (instance ?? target.instance)
    const snapshot = isMeant ? scrape.newestSnapshot(target) : undefined
    return snapshot === undefined
      ? []
      : [{ job: target.job, instance: target.instance, labels: target.labels, snapshot }]
  })
}

/** Undefined where there is no such target, too. */
function newestSnapshotOf(scrape: Context['scrape'], { job, instance }: Partial<TargetName>): Snapshot | undefined {
  if (job === undefined && instance === undefined) return scrape.newestSnapshot()
  const named = scrape
    .targets()
    .filter((target) => target.job === (job ?? target.job) && target.instance === (instance ?? target.instance))
  if (named.length <= 1) return named[0] && scrape.newestSnapshot(named[0])
  const shown = named.map((target) => `${target.job} at ${target.instance}`).join(', ')
  const message = `Expected the job and the instance of one target, got what ${named.length} have: ${shown}.`
  throw new TRPCError({ code: 'BAD_REQUEST', message })
}

/** Asks through the gate. */
function ask<T>(
  { gate }: Context,
  caller: AbortSignal | undefined,
  question: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return inWords(() => gate.ask(caller, question))
}

/** Says what is refused in tRPC's words. */
async function inWords<T>(answer: () => Promise<T>): Promise<T> {
  try {
    return await answer()
  } catch (error) {
    if (error instanceof PromqlError) throw trpcError(codes[error.kind], error)
    if (error instanceof QuerierError) throw trpcError('BAD_GATEWAY', error)
    throw error
  }
}

const codes = {
  parse: 'BAD_REQUEST',
  execution: 'UNPROCESSABLE_CONTENT',
  timeout: 'TIMEOUT',
  canceled: 'CLIENT_CLOSED_REQUEST',
  overloaded: 'SERVICE_UNAVAILABLE',
} as const satisfies Record<PromqlErrorKind, TRPCError['code']>

function trpcError(code: TRPCError['code'], cause: Error): TRPCError {
  return new TRPCError({ code, message: cause.message, cause })
}
