// One signal out of several, given back when it is no longer needed.

/**
 * Runs `body` with a signal that aborts with the first of `signals`. Listeners are removed afterwards: AbortSignal.any
 * on a signal that lives as long as the process keeps every follower in memory on some Node 20 releases.
 */
export async function* untilAborted<T>(
  signals: (AbortSignal | undefined)[],
  body: (signal: AbortSignal) => AsyncIterable<T>,
): AsyncGenerator<T, void> {
  const either = new AbortController()
  const abort = () => either.abort()
  for (const signal of signals) {
    if (signal?.aborted) abort()
    signal?.addEventListener('abort', abort)
  }
  try {
    yield* body(either.signal)
  } finally {
    for (const signal of signals) signal?.removeEventListener('abort', abort)
    abort()
  }
}
