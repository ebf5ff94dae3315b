import { describe, expect, it } from 'vitest'
import { MAX_INSTRUCTIONS, Regexp, RegexpLimitError } from './regexp'

describe('Regexp', () => {
  it.each(['(ab|cd){1000}', 'a?'.repeat(30_000), '\\pL{1000}', '(?i)[\\x{100}-\\x{1ffff}]', `(${'|'.repeat(60_000)})`])(
    'refuses what is too large to be compiled in some milliseconds',
    (source) => {
      expect(() => new Regexp(source)).toThrow(
        new RegexpLimitError('error parsing regexp: expression too large: it takes more than 2000 instructions'),
      )
    },
  )

  it('leaves it to RE2 to refuse what is nested too deep', () => {
    const groups = MAX_INSTRUCTIONS / 4
    expect(new Regexp(`${'(?:'.repeat(groups)}\\d${')'.repeat(groups)}`).test('5')).toBe(true)
    expect(() => new Regexp(`${'(?:a|'.repeat(600)}${')'.repeat(600)}`)).toThrow('expression too large')
  })

  it('refuses a value that it would take too long to try', () => {
    const hard = new Regexp('(.*a){200}')
    expect(hard.test('a'.repeat(100))).toBe(false)
    const refusal = 'a regular expression would take more than 250000 steps to try a label value of 1000 characters'
    expect(() => hard.test('a'.repeat(1000))).toThrow(new RegexpLimitError(refusal))
    expect(() => hard.groupsOf('a'.repeat(1000))).toThrow(new RegexpLimitError(refusal))
    expect(new Regexp('(x+x+)+y').test('x'.repeat(10_000))).toBe(false)
  })

  it('counts what a match captures', () => {
    const capturing = new Regexp('(a*)*'.repeat(150))
    expect(capturing.test('a'.repeat(200))).toBe(true)
    expect(() => capturing.groupsOf('a'.repeat(200))).toThrow('250000 steps')
    expect(capturing.groupsOf('a')?.get('0')).toBe('a')
  })

  it('keeps what it remembers of states within a bound, and can forget it', () => {
    const branching = new Regexp('(a|b)*a(a|b){60}')
    const empty = branching.bytes
    for (let i = 0; i < 150; i++)
      branching.test((i * 7919).toString(2).replaceAll('0', 'a').replaceAll('1', 'b').repeat(9))
    expect(branching.bytes).toBeGreaterThan(empty + 50_000)
    expect(branching.bytes).toBeLessThan(empty + 300_000)
    branching.forget()
    expect(branching.bytes).toBeLessThan(empty + 1000)
    expect(branching.test(`a${'b'.repeat(60)}`)).toBe(true)
  })
})
