// The variables of a board's PromQL, with the meaning that they have in Grafana.

/** The least part of Hearth's settings that a board depends on; durations in milliseconds. */
export type Variables = {
  rangeMs: number
  /** The distance of two points: Grafana's $__interval. */
  stepMs: number
  scrapeIntervalMs: number
  /** Label matchers, as target-matchers.ts writes them. */
  target: string
  /** A route's template, or undefined for all. */
  route: string | undefined
  /** A regular expression (RE2) of the routes to leave out, '' for none. */
  own: string
}

/**
 * `$__range`; `$__two_ranges`, to look behind the range before this one; `$__interval`; `$__rate_interval`, the
 * shortest window in which a rate always finds enough samples; `$__minute`, or that one if it is longer; `$target`, the
 * matchers of who is watched, to stand between braces; `$route` and `$own`, regular expressions to stand between double
 * quotes. Throws for a variable that doesn't exist.
 */
export function substitute(expr: string, variables: Variables): string {
  return expr.replace(/\$[a-z_]+/g, (name) => {
    const value = meaningOf(name, variables)
    if (value === undefined) throw new Error(`no variable ${name} in ${expr}`)
    return value
  })
}

/** The same for whom the board is about alone: the variables of time are left, for whoever asks at another time. */
export function substituteScope(expr: string, variables: Variables): string {
  return expr.replace(/\$(?:target|route|own)\b/g, (name) => meaningOf(name, variables) ?? name)
}

function meaningOf(name: string, variables: Variables): string | undefined {
  const { rangeMs, stepMs, target, route, own } = variables
  switch (name) {
    case '$__range':
      return toDuration(rangeMs)
    case '$__two_ranges':
      return toDuration(2 * rangeMs)
    case '$__interval':
      return toDuration(stepMs)
    case '$__rate_interval':
      return toDuration(rateIntervalMsOf(variables))
    case '$__minute':
      return toDuration(minuteMsOf(variables))
    case '$target':
      return target
    case '$route':
      return route === undefined ? '.*' : toStringContent(toLiteralRegex(route))
    case '$own':
      return toStringContent(own)
    default:
      return undefined
  }
}

/** What `$__rate_interval` stands for. */
export function rateIntervalMsOf({ stepMs, scrapeIntervalMs }: Pick<Variables, 'stepMs' | 'scrapeIntervalMs'>): number {
  return Math.max(stepMs + scrapeIntervalMs, 4 * scrapeIntervalMs)
}

/** What `$__minute` stands for. */
export function minuteMsOf(variables: Pick<Variables, 'stepMs' | 'scrapeIntervalMs'>): number {
  return Math.max(60_000, rateIntervalMsOf(variables))
}

/** A regular expression that matches exactly this text, in RE2's syntax. */
export function toLiteralRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}

/** The text as it stands between the double quotes of a PromQL string. */
export function toStringContent(text: string): string {
  return text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')
}

/** `5m`, `13s`, `1500ms`: a PromQL duration in the largest unit that holds it evenly. */
function toDuration(ms: number): string {
  const units = [
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1000],
  ] as const
  const unit = units.find(([, unitMs]) => ms % unitMs === 0)
  return unit === undefined ? `${ms}ms` : `${ms / unit[1]}${unit[0]}`
}
