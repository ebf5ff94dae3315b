import { describe, expect, it } from 'vitest'
import { ParameterError, readDuration, readLimit, readParameters, readRange, readTime } from './api-parameters'

const form = (fields: Record<string, string>) => new URLSearchParams(fields)

describe('readTime', () => {
  it.each([
    ['1435781430.781', 1_435_781_430_781],
    ['1435781430', 1_435_781_430_000],
    ['1e3', 1_000_000],
    ['-5', -5_000],
    ['2015-07-01T20:10:30.781Z', 1_435_781_430_781],
    ['2015-07-01T22:10:30+02:00', 1_435_781_430_000],
  ])('reads %s', (time, ms) => {
    expect(readTime(form({ time }), 'time')).toBe(ms)
  })

  it.each(['yesterday', '2015-07-01', '0x10', 'NaN', 'Inf', '1e300', ' '])('refuses %j and names it', (time) => {
    const message = `invalid parameter "time": cannot parse ${JSON.stringify(time)} to a valid timestamp`
    expect(() => readTime(form({ time }), 'time', 0)).toThrow(new ParameterError(message))
  })

  it('falls back only when nothing was given', () => {
    expect(readTime(form({}), 'time', 42)).toBe(42)
    expect(() => readTime(form({}), 'start')).toThrow('invalid parameter "start": cannot parse "" to a valid timestamp')
  })
})

describe('readDuration', () => {
  it.each([
    ['15', 15_000],
    ['0.5', 500],
    ['1h30m', 5_400_000],
  ])('reads %s', (step, ms) => {
    expect(readDuration(form({ step }), 'step')).toBe(ms)
  })

  it('refuses what is no duration', () => {
    expect(() => readDuration(form({ step: 'soon' }), 'step')).toThrow(
      'invalid parameter "step": cannot parse "soon" to a valid duration',
    )
  })
})

describe('readRange', () => {
  it('reads start, end and step', () => {
    expect(readRange(form({ start: '10', end: '20', step: '5s' }))).toEqual({
      startMs: 10_000,
      endMs: 20_000,
      stepMs: 5_000,
    })
  })

  it.each([
    [{ start: '20', end: '10', step: '5' }, 'invalid parameter "end": end timestamp must not be before start time'],
    [{ start: '10', end: '20' }, 'invalid parameter "step": cannot parse "" to a valid duration'],
    [{ start: '10', end: '20', step: '0' }, 'zero or negative query resolution step widths are not accepted'],
    [{ start: '10', end: '20', step: '-1' }, 'zero or negative query resolution step widths are not accepted'],
    [{ start: '0', end: '11001', step: '1' }, 'exceeded maximum resolution of 11,000 points per timeseries'],
  ])('refuses %j', (fields, message) => {
    expect(() => readRange(form(fields))).toThrow(message)
  })
})

describe('readLimit', () => {
  it.each([
    [{}, 0],
    [{ limit: '0' }, 0],
    [{ limit: '7' }, 7],
  ])('reads %j', (fields, limit) => {
    expect(readLimit(form(fields))).toBe(limit)
  })

  it.each([['-1'], ['many'], ['1.5']])('refuses %s', (limit) => {
    expect(() => readLimit(form({ limit }))).toThrow('invalid parameter "limit"')
  })
})

describe('readParameters', () => {
  it('reads a form and the URL of a POST, the form first', async () => {
    const request = new Request('http://localhost/?query=b&time=1', { method: 'POST', body: form({ query: 'a' }) })
    const parameters = await readParameters(request)
    expect([parameters.get('query'), parameters.get('time')]).toEqual(['a', '1'])
  })
})
