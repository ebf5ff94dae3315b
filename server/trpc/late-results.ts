// Results in slices: tRPC writes its answer as one text. So a procedure's result is only a placeholder there, which is replaced
// piece by piece, with other requests in between.
import { randomUUID } from 'node:crypto'
import type { TextPieces } from '../query/api/json-text'
import { bodyOf, jsonPieces } from '../query/api/json-text'

/** Those of one request: a batch has several. */
export class LateResults {
  /** No client knows it, so nothing that it sends is taken for a mark. */
  readonly #id = randomUUID()
  readonly #values: unknown[] = []

  /** What is to stand in tRPC's JSON for the value. */
  mark(value: unknown): string {
    return `${this.#id}:${this.#values.push(value) - 1}`
  }

  /** The response of tRPC with the values where their marks are. `onEnd` is called when nothing more will be written. */
  async writeInto(response: Response, onEnd: () => void): Promise<Response> {
    if (this.#values.length === 0) {
      onEnd()
      return response
    }
    const { headers, status } = response
    return new Response(await bodyOf(this.#pieces(await response.text()), onEnd), { headers, status })
  }

  *#pieces(text: string): TextPieces {
    let end = 0
    for (const { 0: mark, 1: index, index: at } of text.matchAll(new RegExp(`"${this.#id}:(\\d+)"`, 'g'))) {
      yield text.slice(end, at)
      yield* jsonPieces(this.#values[Number(index)])
      end = at + mark.length
    }
    yield text.slice(end)
  }
}
