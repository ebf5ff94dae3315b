import { describe, expect, it } from 'vitest'
import { ALL_FEATURES, enabledFlags, FEATURE_FLAGS, featuresKey, NO_FEATURES, parseFeatures } from './features'

describe('parseFeatures', () => {
  it.each([
    ['promql-binop-fill-modifiers', { ...NO_FEATURES, fillModifiers: true }],
    [' promql-experimental-functions , exemplar-storage', { ...NO_FEATURES, experimentalFunctions: true }],
    ['promql-duration-expr', NO_FEATURES],
    [FEATURE_FLAGS.join(','), ALL_FEATURES],
    ['promql-experimental-function', undefined],
    ['promql-experimental-functions,', undefined],
    ['concurrent-rule-eval', undefined],
  ])('%j', (text, features) => expect(parseFeatures(text)).toEqual(features))

  it('is undone by enabledFlags', () => {
    expect(parseFeatures(enabledFlags(ALL_FEATURES).join(','))).toEqual(ALL_FEATURES)
    expect(enabledFlags(NO_FEATURES)).toEqual(['exemplar-storage', 'promql-duration-expr'])
  })
})

it('different features have different keys', () => {
  const one = (name: keyof typeof NO_FEATURES) => ({ ...NO_FEATURES, [name]: true })
  const names = Object.keys(NO_FEATURES) as (keyof typeof NO_FEATURES)[]
  const keys = [NO_FEATURES, ALL_FEATURES, ...names.map(one)].map(featuresKey)
  expect(new Set(keys).size).toBe(keys.length)
})
