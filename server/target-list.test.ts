import { describe, expect, it } from 'vitest'
import type { TargetAddress } from './target-list'
import { parseTargetList } from './target-list'

const address = (rest: Partial<TargetAddress>): TargetAddress => ({
  job: 'orders',
  instance: 'orders:8000',
  url: 'http://orders:8000/metrics',
  authorization: undefined,
  ...rest,
})

describe('parseTargetList', () => {
  it.each<[string, string, TargetAddress[]]>([
    ["takes the host's name as the job", 'http://orders:8000/metrics', [address({})]],
    ['takes the job that is given', 'billing=http://orders:8000/metrics', [address({ job: 'billing' })]],
    [
      'takes several',
      ' http://orders:8000/metrics , b c = http://orders:8000/metrics ',
      [address({}), address({ job: 'b c' })],
    ],
    [
      'names the port that http has',
      'http://orders/metrics',
      [address({ instance: 'orders:80', url: 'http://orders/metrics' })],
    ],
    [
      'names the port that https has',
      'https://orders:443/metrics',
      [address({ instance: 'orders:443', url: 'https://orders/metrics' })],
    ],
    [
      'keeps a query, even one that looks like a name',
      'http://orders:8000/?a=http://b',
      [address({ url: 'http://orders:8000/?a=http://b' })],
    ],
    [
      'sends a login and shows it nowhere',
      'http://ann:se%2Ccret@orders:8000/metrics',
      [address({ authorization: `Basic ${btoa('ann:se,cret')}` })],
    ],
    [
      'takes an IPv6 address',
      'http://[::1]:8000/metrics',
      [address({ job: '[::1]', instance: '[::1]:8000', url: 'http://[::1]:8000/metrics' })],
    ],
  ])('%s', (_, text, addresses) => {
    expect(parseTargetList(text)).toEqual(addresses)
  })

  it.each([
    'orders:8000',
    'ftp://orders/metrics',
    'http://',
    '=http://orders',
    'http://orders,',
    'http://a b/',
    'a/b=http://c',
  ])('refuses %j', (text) => {
    expect(parseTargetList(text)).toBeUndefined()
  })
})
