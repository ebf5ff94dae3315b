// The body of a response, chunk by chunk as fast as the client takes it.
import type { ScrapeUnderWay } from './scrape-slots'

/**
 * The scrape is handed over with every chunk, and ends when the last one was taken or the client has left. When its
 * signal is aborted before that, the rest is dropped and the connection cut: a client that doesn't read must not keep it
 * in memory.
 */
export function bodyStream(
  chunks: readonly Uint8Array[],
  { signal, handOver, end }: Pick<ScrapeUnderWay, 'signal' | 'handOver' | 'end'>,
): ReadableStream<Uint8Array> {
  const left = chunks.values()
  handOver()
  return new ReadableStream(
    {
      start(controller) {
        signal.addEventListener('abort', () => controller.error(signal.reason), { once: true })
      },
      pull(controller) {
        const { value, done } = left.next()
        if (!done) {
          handOver()
          return controller.enqueue(value)
        }
        controller.close()
        end()
      },
      cancel: end,
    },
    { highWaterMark: 0 },
  )
}
