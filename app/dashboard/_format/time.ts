// Moments and spans in words. Clock times are in the reader's own time zone, which only the browser knows.

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

const two = (part: number) => String(part).padStart(2, '0')

/** `14:02:11` */
export function toClock(timeMs: number): string {
  const time = new Date(timeMs)
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
}

/** `14:02:11`, or `27 Nov 14:02:11` on another day than `todayMs`. */
export function toMoment(timeMs: number, todayMs: number): string {
  const [time, today] = [new Date(timeMs), new Date(todayMs)]
  if (time.toDateString() === today.toDateString()) return toClock(timeMs)
  const year = time.getFullYear() === today.getFullYear() ? '' : ` ${time.getFullYear()}`
  return `${time.getDate()} ${MONTHS[time.getMonth()]}${year} ${toClock(timeMs)}`
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `14:02`, or `14:02:10` for a moment inside a minute; in the reader's time zone, or in UTC. */
export function toTickLabel(timeMs: number, isUtc: boolean): string {
  const clock = isUtc ? new Date(timeMs).toISOString().slice(11, 19) : toClock(timeMs)
  return clock.endsWith(':00') ? clock.slice(0, 5) : clock
}

/** `now`, `12 s ago`, `4 m ago`, `3 h ago`, `2 d ago`. */
export function toAgo(atMs: number, nowMs: number): string {
  const ms = nowMs - atMs
  if (ms < SECOND) return 'now'
  if (ms < MINUTE) return `${Math.floor(ms / SECOND)} s ago`
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} m ago`
  if (ms < 24 * HOUR) return `${Math.floor(ms / HOUR)} h ago`
  return `${Math.floor(ms / (24 * HOUR))} d ago`
}

/** `500 ms`, `1 s`, `15 m`, `1 h`, `1 h 30 m`: a span, as a person says it. */
export function toSpan(ms: number): string {
  if (ms < SECOND) return `${ms} ms`
  const parts = [
    [Math.floor(ms / HOUR), 'h'],
    [Math.floor((ms % HOUR) / MINUTE), 'm'],
    [Math.round((ms % MINUTE) / 100) / 10, 's'],
  ] as const
  return parts
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}`)
    .join(' ')
}
