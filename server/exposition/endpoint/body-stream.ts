// The body of a response, chunk by chunk as fast as the client takes it.

/**
 * `onEnd` is called when the last chunk was taken or the client has left. When `signal` is aborted before that, the
 * rest is dropped and the connection cut: a client that doesn't read must not keep it in memory.
 */
export function bodyStream(
  chunks: readonly Uint8Array[],
  signal: AbortSignal,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const left = chunks.values()
  return new ReadableStream(
    {
      start(controller) {
        signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
      },
      pull(controller) {
        const { value, done } = left.next()
        if (!done) return controller.enqueue(value)
        controller.close()
        onEnd()
      },
      cancel: onEnd,
    },
    { highWaterMark: 0 },
  )
}
