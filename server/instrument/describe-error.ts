// A description of a thrown value, with a bounded length.
import { hidePaths } from '../hide-paths'

const MESSAGE_LENGTH = 500
/** Of a longer message, no more is searched for paths. */
const LOOKED_AT = 5_000
/** Of a stack: frames, and characters of each. */
const FRAMES = 20
const FRAME_LENGTH = 300
/** Of a longer stack, no more is read. */
const STACK_LENGTH = 20_000
const IDENTIFIER = /^[A-Za-z_$][\w$]{0,63}$/

export type ErrorDescription = { name: string; message: string; digest?: string }

/**
 * Name, message and Next's digest of anything that was thrown. An Error of another realm counts as one, so it is
 * known by its message and not by `instanceof`. Folders of this machine are not told. A name that doesn't look like an
 * identifier is `Error`, and what is no error at all is `(non-error)`.
 */
export function describeError(error: unknown): ErrorDescription {
  if (!isErrorLike(error)) return { name: '(non-error)', message: shorten(toText(error)) }
  const { digest } = error
  return {
    name: className(error),
    message: shorten(hidePaths(error.message.slice(0, LOOKED_AT), error)),
    digest: typeof digest === 'string' ? shorten(digest) : undefined,
  }
}

/**
 * The frames of an error's stack, the innermost first, with paths as they are within the project: of what lies elsewhere on
 * this machine only the file's name. Where Node was started with --enable-source-maps, these are the sources. Empty where
 * there is no stack.
 */
export function stackOf(error: unknown): string[] {
  const stack = readStack(error)
  const frames = stack.split('\n').filter((line) => /^\s*at /.test(line))
  return frames.slice(0, FRAMES).map((frame) => hideFolders(frame.trim().slice(0, FRAME_LENGTH)))
}

/** It may be computed by somebody else's code. */
function readStack(error: unknown): string {
  try {
    const stack: unknown = isErrorLike(error) && 'stack' in error ? error.stack : ''
    return typeof stack === 'string' ? stack.slice(0, STACK_LENGTH) : ''
  } catch {
    return ''
  }
}

function hideFolders(frame: string): string {
  return hidePaths(frame.replaceAll('file://', '')).replace(OUTSIDE, '$<before>$<file>')
}

/** An absolute path, with what may stand before it. */
const OUTSIDE = /(?<before>^at |[( ])(?:[A-Za-z]:)?[\\/](?:[^():\\/]+[\\/])*(?<file>[^():\\/]+(?=:\d))/g

type ErrorLike = { message: string; name?: unknown; digest?: unknown }

function isErrorLike(error: unknown): error is ErrorLike {
  return typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
}

/** A subclass that sets no name of its own is known by its constructor. */
function className(error: ErrorLike): string {
  const names = [error.name === 'Error' ? undefined : error.name, error.constructor?.name, error.name]
  return names.find((name): name is string => typeof name === 'string' && IDENTIFIER.test(name)) ?? 'Error'
}

function toText(value: unknown): string {
  try {
    return typeof value === 'object' && value !== null ? (JSON.stringify(value) ?? '') : String(value)
  } catch {
    return Object.prototype.toString.call(value)
  }
}

function shorten(text: string): string {
  return text.length > MESSAGE_LENGTH ? `${text.slice(0, MESSAGE_LENGTH - 1)}…` : text
}
