// The kinds of values that variables have: what is expected of each, in words, and how it is read.
import { isIP } from 'node:net'
import { z } from 'zod'
import { parseBytes } from './byte-size'
import { parseDuration } from './duration'
import { FEATURE_FLAGS, parseFeatures } from './features'
import { hideLogins } from './login'
import { parseTargetList } from './target-list'

/** A variable whose text `parse` turns into a value, or into undefined where it isn't what was expected. */
function variable<T>(expected: string, parse: (text: string) => T | undefined) {
  return z.string().transform((text, context) => {
    const value = parse(text)
    if (value !== undefined) return value
    context.addIssue({ code: 'custom', message: `expected ${expected}, got ${JSON.stringify(hideLogins(text))}` })
    return z.NEVER
  })
}

/** A variable whose text is not repeated: `read` throws an Error that says what was expected. */
export function secret<T>(read: (text: string) => T) {
  return z.string().transform((text, context) => {
    try {
      return read(text)
    } catch (error) {
      context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : String(error) })
      return z.NEVER
    }
  })
}

/** What a variable may be, and what it is where it is unset: that is also the example in the message. */
type Range = { least: string; most: string; unset: string }

export function duration({ least, most, unset }: Range) {
  return variable(`a duration from ${least} to ${most}, such as ${unset}`, (text) => {
    try {
      const ms = parseDuration(text)
      return ms >= parseDuration(least) && ms <= parseDuration(most) ? ms : undefined
    } catch {
      return undefined
    }
  }).default(parseDuration(unset))
}

export function bytes({ least, most, unset }: Range) {
  return variable(`a size from ${least} to ${most}, such as ${unset}`, (text) => {
    const size = parseBytes(text)
    return size >= parseBytes(least) && size <= parseBytes(most) ? size : undefined
  }).default(parseBytes(unset))
}

export function wholeNumberFrom(least: number, most: number) {
  return variable(`a whole number from ${least} to ${most}`, (text) => {
    const count = /^\d+$/.test(text) ? Number(text) : Number.NaN
    return count >= least && count <= most ? count : undefined
  })
}

export function portOrNone() {
  return variable('a port from 0 to 65535, or nothing where none is wanted', (text) => {
    if (text === '') return 'none' as const
    return /^\d{1,5}$/.test(text) && Number(text) <= 65_535 ? Number(text) : undefined
  })
}

export function zeroOrOne() {
  return variable('0 or 1', (text) => (text === '0' || text === '1' ? text === '1' : undefined))
}

export function onOrOff() {
  return variable('on or off', (text) => (text === 'on' || text === 'off' ? text === 'on' : undefined))
}

export function featureFlags() {
  return variable(`names out of ${FEATURE_FLAGS.join(', ')}, separated by commas`, parseFeatures)
}

export function buckets() {
  return variable('positive seconds in ascending order, such as 0.01,0.1,1', (text) => {
    const bounds = text.split(',').map((bound) => (bound.trim() === '' ? Number.NaN : Number(bound)))
    const isAscending = bounds.every((bound, i) => Number.isFinite(bound) && bound > (bounds[i - 1] ?? 0))
    return isAscending ? bounds : undefined
  })
}

export function httpUrl() {
  return variable('an http or https URL', (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url?.protocol === 'http:' || url?.protocol === 'https:' ? text.trim().replace(/\/+$/, '') : undefined
  })
}

/** Where a trace is shown; `{trace_id}` and `{span_id}` stand for those of an exemplar. */
export function traceUrlTemplate() {
  return variable('an http or https URL with {trace_id} in it', (text) => {
    const template = text.trim()
    const filled = template.replaceAll(/\{(?:trace|span)_id\}/g, '0')
    const isUrl = /^https?:\/\//i.test(filled) && URL.canParse(filled)
    return isUrl && template.includes('{trace_id}') ? template : undefined
  })
}

export function version() {
  return variable('a version of 1 to 200 characters, such as a git sha', (text) => {
    const trimmed = text.trim()
    return /^\P{Cc}{1,200}$/u.test(trimmed) ? trimmed : undefined
  })
}

export function label() {
  return variable('a name of 1 to 200 characters', (text) => {
    const trimmed = text.trim()
    return /^\P{Cc}{1,200}$/u.test(trimmed) ? trimmed : undefined
  })
}

export function path() {
  return variable('a path', (text) => (text.includes('\0') ? undefined : text))
}

export function origins() {
  return variable('origins such as https://grafana.example, separated by commas', (text) => {
    const parts = text.split(',').map((part) => part.trim())
    const isOrigin = (part: string) => /^https?:/.test(part) && URL.canParse(part) && new URL(part).origin === part
    return parts.every(isOrigin) ? parts : undefined
  })
}

export function host() {
  const isName = (text: string) => /^[\w.-]+$/.test(text) || isIP(text) !== 0
  return variable('an address or a name of this machine', (text) => (isName(text) ? text : undefined))
}

/** A label's value that is easily written in a query. */
export function word() {
  return variable('a word of at most 64 letters, digits and any of _-.:', (text) =>
    /^[\w.:-]{1,64}$/.test(text) ? text : undefined,
  )
}

export function targetList() {
  return variable(
    'URLs that begin with http, https, dns+http or dns+https, or file:*.json, each with or without job= before it, separated by commas',
    parseTargetList,
  )
}
