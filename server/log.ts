// What is written into the log of the process. That may be the log of somebody else's app, so each line says whose it is.

const OURS = 'Hearth: '

export function logInfo(sentence: string): void {
  console.log(OURS + sentence)
}

export function logWarning(sentence: string): void {
  console.warn(OURS + sentence)
}

/** With what was thrown, if that says where. */
export function logError(sentence: string, error?: unknown): void {
  console.error(OURS + sentence, ...(error === undefined ? [] : [error]))
}
