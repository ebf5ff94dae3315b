// The replacement of every entry in runtimes other than Node: Next builds instrumentation for its Edge runtime too. Nothing is
// measured there; errors are recorded if the surrounding process can be reached.
import type { Hearth, RequestErrorHook } from './index'
import type { counter as Counter, gauge as Gauge, histogram as Histogram, summary as Summary } from './metrics'

export async function register(): Promise<void> {}

export async function flush(): Promise<void> {}

/** In the Edge runtime this is Node's class where Next runs it within a Node process; elsewhere the process isn't reached. */
declare const AsyncLocalStorage: object | undefined

/** What a middleware of this runtime throws, or a page or handler. */
export const onRequestError: RequestErrorHook = async (...report) => {
  if (typeof AsyncLocalStorage === 'undefined') return
  const record: unknown = Reflect.get(AsyncLocalStorage, Symbol.for('hearth.record-request-error'))
  if (typeof record === 'function') await record(...report)
}

let isTold = false

/** What a metric does there; the first time, it says so. */
function ignore(): void {
  if (isTold) return
  isTold = true
  console.warn('Hearth: metrics are not counted in the Edge runtime. Count in code that runs in Node.')
}

const NO_METRIC = { inc: ignore, dec: ignore, set: ignore, observe: ignore }

export const counter: typeof Counter = () => NO_METRIC
export const gauge: typeof Gauge = () => NO_METRIC
export const histogram: typeof Histogram = () => NO_METRIC
export const summary: typeof Summary = () => NO_METRIC
export function mergeRegistry(): void {}
export function setRoute(): void {}
export function recordError(): void {}

const nowhere = async (): Promise<Response> =>
  new Response('Hearth answers in the Node runtime only: remove `runtime = "edge"` from this route.\n', { status: 501 })

export const hearth: Hearth = { fetch: nowhere }
export const createHearth = (): Hearth => hearth
export const hearthListener = () => (): void => ignore()
export const GET = nowhere
export const HEAD = nowhere
export const OPTIONS = nowhere
export const POST = nowhere
export const createRoutes = () => ({ GET, HEAD, OPTIONS, POST })
export const createApiRoute = () => nowhere
export default nowhere
