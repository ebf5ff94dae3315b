// The source of answers failed, not the question: unreachable, overloaded, or answering nonsense.

/** Says what was asked of whom and what came instead; `status` is the HTTP status to pass on. */
export class QuerierError extends Error {
  override name = 'QuerierError'

  constructor(
    message: string,
    readonly status: 502 | 503 | 504 = 502,
  ) {
    super(message)
  }

  /** By name: Next loads several copies of this module into one process, and one meets what another has thrown. */
  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return thrown instanceof Error && thrown.name === 'QuerierError'
  }
}
