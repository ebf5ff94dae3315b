// The one error that a PromQL question can end with.

/**
 * What is wrong with an expression or with its evaluation, in Prometheus's words. A parse error's message starts with
 * its line and column, as Prometheus prints them. `from` and `to` are offsets into the expression (UTF-16 units).
 * `kind` tells a wrong expression from one that can't be evaluated on the series that there are.
 */
export class PromqlError extends Error {
  override readonly name = 'PromqlError'
  readonly from: number
  readonly to: number
  readonly kind: 'parse' | 'execution'

  constructor(message: string, from: number, to: number, kind: 'parse' | 'execution' = 'execution') {
    super(message)
    this.kind = kind
    this.from = from
    this.to = to
  }
}

/** An error found while reading `text`: Prometheus counts lines from 1 and columns in bytes from 1. */
export function parseError(text: string, message: string, from: number, to: number): PromqlError {
  const lineStart = text.lastIndexOf('\n', from - 1) + 1
  const line = text.slice(0, lineStart).split('\n').length
  const column = new TextEncoder().encode(text.slice(lineStart, from)).length + 1
  return new PromqlError(`${line}:${column}: parse error: ${message}`, from, to, 'parse')
}
