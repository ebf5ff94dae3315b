// The options of a bench, such as `--rounds 5`. scripts/benches.mjs has those of each, and their defaults.
import { parseArgs } from 'node:util'
import { BENCHES } from '../scripts/benches.mjs'

type Benches = typeof BENCHES
type Wide<Value> = Value extends number ? number : Value extends boolean ? boolean : string
type Options<Name extends keyof Benches> = {
  -readonly [Option in keyof Benches[Name]['options']]: Wide<Benches[Name]['options'][Option]>
}

/** What this program was called with, over its defaults. Throws for what is no option of it, or no number where one is needed. */
export function readOptions<Name extends keyof Benches>(name: Name): Options<Name> {
  const defaults: Readonly<Record<string, number | string | boolean>> = BENCHES[name].options
  const { values } = parseArgs({
    options: Object.fromEntries(
      Object.entries(defaults).map(([option, value]) => [
        option,
        { type: typeof value === 'boolean' ? ('boolean' as const) : ('string' as const) },
      ]),
    ),
  })
  const given = Object.entries(values).map(([option, value]) => {
    const isNumber = typeof defaults[option] === 'number'
    return [option, isNumber ? toNumber(option, value) : value]
  })
  return { ...BENCHES[name].options, ...Object.fromEntries(given) }
}

function toNumber(option: string, text: unknown): number {
  const value = Number(text)
  if (value >= 0 && value < Number.POSITIVE_INFINITY) return value
  throw new Error(`Expected a number for --${option}, got "${text}"`)
}
