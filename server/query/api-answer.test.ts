import { describe, expect, it } from 'vitest'
import { PromqlError } from '../promql/promql-error'
import { failure, success, toApiData } from './api-answer'
import { ParameterError } from './api-parameters'
import { QuerierError } from './querier-error'

describe('toApiData', () => {
  it('writes a vector with its time in seconds and its values as text', () => {
    const values = [
      1.5,
      0,
      -0,
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      1e21,
      1e-7,
      123456789012,
    ]
    const series = values.map((value, i) => ({ labels: { i: String(i) }, value }))
    const { result } = JSON.parse(JSON.stringify(toApiData({ type: 'vector', series }, 1_435_781_430_781, 0)))
    const texts = ['1.5', '0', '-0', 'NaN', '+Inf', '-Inf', '1e+21', '1e-7', '123456789012']
    expect(result).toEqual(texts.map((text, i) => ({ metric: { i: String(i) }, value: [1435781430.781, text] })))
  })

  it('writes matrix, scalar and string', () => {
    const points: [number, number][] = [[1_000, 2]]
    expect(toApiData({ type: 'matrix', series: [{ labels: { a: 'b' }, points }] }, 0, 0)).toEqual({
      resultType: 'matrix',
      result: [{ metric: { a: 'b' }, values: [[1, '2']] }],
    })
    expect(toApiData({ type: 'scalar', value: 2 }, 1_500, 0)).toEqual({ resultType: 'scalar', result: [1.5, '2'] })
    expect(toApiData({ type: 'string', value: 'x' }, 1_500, 0)).toEqual({ resultType: 'string', result: [1.5, 'x'] })
  })

  it('cuts series at the limit', () => {
    const series = ['a', 'b', 'c'].map((job) => ({ labels: { job }, value: 1 }))
    expect(toApiData({ type: 'vector', series }, 0, 2).result).toHaveLength(2)
    expect(toApiData({ type: 'vector', series }, 0, 0).result).toHaveLength(3)
  })
})

describe('the answer', () => {
  it('is Prometheus’s envelope, never cached, with warnings only where there are some', async () => {
    const response = success({ resultType: 'vector', result: [] })
    expect(response.headers.get('cache-control')).toBe('no-store')
    expect(await response.json()).toEqual({ status: 'success', data: { resultType: 'vector', result: [] } })
    expect(await success([], ['cut']).json()).toEqual({ status: 'success', data: [], warnings: ['cut'] })
  })

  it.each([
    [new ParameterError('invalid parameter "time": x'), 400, 'bad_data', 'invalid parameter "time": x'],
    [
      new PromqlError('1:1: parse error: x', 0, 1, 'parse'),
      400,
      'bad_data',
      'invalid parameter "query": 1:1: parse error: x',
    ],
    [new PromqlError('many-to-many', 0, 1), 422, 'execution', 'many-to-many'],
    [new QuerierError('unreachable'), 502, 'unavailable', 'unreachable'],
    [new QuerierError('too slow', 504), 504, 'timeout', 'too slow'],
    [new DOMException('over', 'TimeoutError'), 503, 'timeout', 'over'],
    [new DOMException('gone', 'AbortError'), 503, 'canceled', 'gone'],
    [new TypeError('a bug'), 500, 'internal', 'a bug'],
    ['not an error', 500, 'internal', 'not an error'],
  ])('to %s is %i %s', async (error, status, errorType, message) => {
    const response = failure(error)
    expect(response.status).toBe(status)
    expect(await response.json()).toEqual({ status: 'error', errorType, error: message })
  })
})
