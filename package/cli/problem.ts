// The two ways in which a command can't go on. Both are told to the person at the terminal, in words, without a stack.

/** Nothing can be done before the person has put something right. The message says what. */
export class Problem extends Error {}

/** One file can't be changed safely. The message says why; `advice` says what to do by hand, a line each. */
export class ByHand extends Error {
  constructor(
    why: string,
    readonly advice: readonly string[],
  ) {
    super(why)
  }
}
