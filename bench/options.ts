// The options of a bench: positive numbers, such as `--rounds 5`.
import { parseArgs } from 'node:util'

/** What this program was called with, over `defaults`. Ends it with one sentence where that makes no sense. */
export function readOptions<Name extends string>(defaults: Readonly<Record<Name, number>>): Record<Name, number> {
  const names = Object.keys(defaults) as Name[]
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]))
  try {
    const { values } = parseArgs({ options })
    return Object.fromEntries(names.map((name) => [name, toNumber(name, values[name]) ?? defaults[name]])) as Record<
      Name,
      number
    >
  } catch (error) {
    const known = names.map((name) => `--${name} ${defaults[name]}`).join(', ')
    console.error(`${error instanceof Error ? error.message : error}. The options and their defaults are: ${known}.`)
    process.exit(1)
  }
}

function toNumber(name: string, text: unknown): number | undefined {
  if (text === undefined) return undefined
  const value = Number(text)
  if (value > 0 && value < Number.POSITIVE_INFINITY) return value
  throw new Error(`Expected a positive number for --${name}, got "${text}"`)
}
