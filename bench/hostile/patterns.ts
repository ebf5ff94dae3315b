// Regular expressions that are large, deep, slow in other engines, or none at all.
import type { Random } from '../../server/promql/differential/generated-series'
import { between, pick, times, upTo, word } from './draw'

type Make = (random: Random) => string

const words = (random: Random, most: number) => times(upTo(random, 2, most), () => word(random))

/** Alternations: of literals, of what begins, ends or contains something, of groups. */
export const alternations: readonly Make[] = [
  (random) => words(random, 5000).join('|'),
  (random) => times(upTo(random, 10, 8000), String).join('|'),
  (random) =>
    words(random, 3000)
      .map((one) => `${one}.*`)
      .join('|'),
  (random) =>
    words(random, 3000)
      .map((one) => `.*${one}`)
      .join('|'),
  (random) =>
    words(random, 2000)
      .map((one) => `.*${one}.*`)
      .join('|'),
  (random) =>
    words(random, 1000)
      .map((one) => `/shops/.+/${one}-[0-9]+/.*`)
      .join('|'),
  (random) => `(?i)${words(random, 1500).join('|')}`,
  (random) => `.*(${words(random, 1500).join('|')}).*`,
  (random) => times(between(random, 2, 12), () => `(${words(random, 200).join('|')})`).join('-?'),
  (random) =>
    words(random, 400)
      .map((one) => `(${one}|(${one.slice(1)}|${one}s?))`)
      .join('|'),
  (random) => words(random, 2000).join('||'),
]

/** Repetitions up to RE2's own thousand, classes of many characters, nested groups. */
export const repetitions: readonly Make[] = [
  (random) => `${pick(random, ['[a-z/]', '.', '\\w', '\\pL', '[^x]', '(?i)k'])}{${upTo(random, 10, 1000)}}`,
  (random) => `(.{1,${between(random, 2, 30)}}){1,${between(random, 2, 30)}}`,
  (random) => `((a{0,${between(random, 1, 10)}}){0,10}){0,${between(random, 1, 10)}}`,
  (random) => `(${words(random, 100).join('|')}){1,${between(random, 2, 50)}}`,
  (random) => '[\\x{100}-\\x{10ffff}]'.repeat(upTo(random, 10, 500)),
  (random) => '\\pL\\PN\\p{Greek}'.repeat(upTo(random, 10, 300)),
  (random) => `(?i)${'\\pL'.repeat(upTo(random, 10, 1000))}`,
  (random) => '.*'.repeat(upTo(random, 10, 2000)),
  (random) => `${'(x+x+)+'.repeat(upTo(random, 2, 200))}y`,
  (random) => `${'a?'.repeat(upTo(random, 20, 1000))}${'a'.repeat(upTo(random, 20, 1000))}`,
  (random) => times(upTo(random, 10, 500), () => `[${word(random)}-]`).join('+'),
  (random) => {
    const depth = upTo(random, 10, 900)
    return `${'('.repeat(depth)}a${')*'.repeat(depth)}`
  },
  (random) => {
    const depth = upTo(random, 3, 200)
    return `${'(?:a|b'.repeat(depth)}${')+'.repeat(depth)}`
  },
]

/** What RE2 refuses, and Prometheus with it. */
export const wrong: readonly Make[] = [
  () => '*',
  () => '(a',
  () => 'a{1001}',
  () => '(?=a)',
  () => '\\1',
  () => '[z-a]',
  () => '((a{100}){100}){100}',
  (random) => '('.repeat(upTo(random, 2, 20_000)),
  (random) => `${'(a|'.repeat(upTo(random, 1001, 3000))}`,
]
