// The one error that a PromQL query can end with.

export type PromqlErrorKind = 'parse' | 'execution' | 'timeout' | 'canceled' | 'overloaded'

/**
 * What is wrong with an expression or with its evaluation, in Prometheus's words. A parse error's message starts with
 * its line and column, as Prometheus prints them. `from` and `to` are offsets into the expression (UTF-16 units).
 * `kind` tells a wrong expression from one that can't be evaluated on the series that there are, and from a query that
 * ran out of time, whose caller has left, or that can't be taken on at the moment.
 */
export class PromqlError extends Error {
  override readonly name = 'PromqlError'
  readonly from: number
  readonly to: number
  readonly kind: PromqlErrorKind

  constructor(message: string, from: number, to: number, kind: PromqlErrorKind = 'execution') {
    super(message)
    this.kind = kind
    this.from = from
    this.to = to
  }

  /** By name: Next loads several copies of this module into one process, and one meets what another has thrown. */
  static override [Symbol.hasInstance](thrown: unknown): boolean {
    return thrown instanceof Error && thrown.name === 'PromqlError'
  }
}

/** An error found while reading `text`. */
export function parseError(text: string, message: string, from: number, to: number): PromqlError {
  return new PromqlError(`${position(text, from)}: parse error: ${message}`, from, to, 'parse')
}

/** `line:column` of an offset into `text`. Prometheus counts lines from 1, and columns in bytes from 1. */
export function position(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n')
  const column = new TextEncoder().encode(lines.at(-1)).length + 1
  return `${lines.length}:${column}`
}
