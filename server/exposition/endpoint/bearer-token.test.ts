import { expect, test } from 'vitest'
import { hasBearerToken } from './bearer-token'

test.each(['Bearer s3cret', 'bearer s3cret', 'BEARER   s3cret'])('%j brings the token', (authorization) => {
  expect(hasBearerToken(authorization, 's3cret')).toBe(true)
})

test.each([
  null,
  '',
  'Bearer',
  'Bearer ',
  's3cret',
  'Bearer s3cre',
  'Bearer s3cret2',
  'Bearer S3CRET',
  'Bearer s3cret s3cret',
  'Bearer s3cret, Bearer s3cret',
  'Basic s3cret',
  'Basic Bearer s3cret',
  'Bearers3cret',
  `Bearer ${'s3cret'.repeat(10_000)}`,
])('%j does not', (authorization) => {
  expect(hasBearerToken(authorization, 's3cret')).toBe(false)
})
