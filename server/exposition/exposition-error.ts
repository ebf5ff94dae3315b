// The one error that parsing an exposition throws.

/** An exposition that can't be read: `line` counts from 1, `message` says what was expected there and what came. */
export class ExpositionError extends Error {
  override readonly name = 'ExpositionError'
  readonly line: number
  /** Whether it can be told what the line says, and that is what is wrong. */
  readonly isRead: boolean

  constructor(line: number, message: string, isRead = false) {
    super(message)
    this.line = line
    this.isRead = isRead
  }
}
