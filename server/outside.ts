// Work outside of the app's requests. With `cacheComponents`, Next treats reading a clock within a page or its prerendering as
// an error of that page: it reports an error, or the build fails.
import { AsyncLocalStorage } from 'node:async_hooks'
import { perProcess } from './per-process'

/**
 * Does `work` as if it were for no request. Where an app is built it is not done at all: nobody will ever see what a build
 * has counted. The first call, which `start` makes, decides where outside is.
 */
export function outside(work: () => void): void {
  if (!isBuild()) fromOutside()(work)
}

/** Milliseconds since 1970, and 0 where an app is built. */
export function nowMs(): number {
  return isBuild() ? 0 : fromOutside()(Date.now)
}

const fromOutside = () => perProcess('outside', () => AsyncLocalStorage.snapshot())

/** Whether an app is being built, by this process or one that it has started. */
export const isBuild = (): boolean => process.env.NEXT_PHASE === 'phase-production-build'
