// The twin of every entry for runtimes that are no Node process: Next builds instrumentation for its Edge runtime as well.
// There is nothing to measure there, and nothing is.

export async function register(): Promise<void> {}

export async function onRequestError(): Promise<void> {}

type Values = Readonly<Record<string, unknown>>

let isTold = false

/** A metric that counts nothing, and says so once where somebody counts with it. */
function nothing(): Values {
  const ignore = () => {
    if (isTold) return
    isTold = true
    console.warn('Hearth: metrics are not counted in the Edge runtime. Count in code that runs in Node.')
  }
  return { inc: ignore, dec: ignore, set: ignore, observe: ignore }
}

export const counter = nothing
export const gauge = nothing
export const histogram = nothing
export const summary = nothing
export function mergeRegistry(): void {}

export function recordError(): void {}
export const hearthListener = () => () => {}
export function setRoute(): void {}

const nowhere = async (): Promise<Response> =>
  new Response('Hearth answers in the Node runtime only: remove `runtime = "edge"` from this route.\n', { status: 501 })

export const createHearth = () => ({ fetch: nowhere })
export const hearth = { fetch: nowhere }
export const createRoutes = () => ({ GET: nowhere, HEAD: nowhere, OPTIONS: nowhere, POST: nowhere })
export const { GET, HEAD, OPTIONS, POST } = createRoutes()
export const createApiRoute = () => nowhere
export default nowhere
