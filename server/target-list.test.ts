import { describe, expect, it } from 'vitest'
import type { SearchedTargets, TargetAddress } from './target-list'
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
    expect(parseTargetList(text)).toEqual({ fixed: addresses, searched: [] })
  })

  const shop = address({ job: 'shop', instance: 'shop:3000', url: 'http://shop:3000/metrics' })
  it.each<[string, string, SearchedTargets]>([
    [
      'a name that DNS resolves',
      'dns+http://shop:3000/metrics',
      { kind: 'dns', name: 'dns+http://shop:3000/metrics', address: shop },
    ],
    [
      'such a name with a job and a login',
      'web=dns+http://bearer:secret@shop:3000/metrics?a=b',
      {
        kind: 'dns',
        name: 'web=dns+http://shop:3000/metrics',
        address: { ...shop, job: 'web', url: `${shop.url}?a=b`, authorization: 'Bearer secret' },
      },
    ],
    ['a file', 'file:targets.json', { kind: 'file', name: 'file:targets.json', job: 'targets', file: 'targets.json' }],
    [
      'a file by its URL',
      'nodes=file:///etc/hearth/a.json',
      { kind: 'file', name: 'nodes=file:/etc/hearth/a.json', job: 'nodes', file: '/etc/hearth/a.json' },
    ],
    [
      'files',
      'file:sd/node-*.json',
      { kind: 'file', name: 'file:sd/node-*.json', job: 'node', file: 'sd/node-*.json' },
    ],
    [
      'all files of a folder',
      'file:sd/*.json',
      { kind: 'file', name: 'file:sd/*.json', job: 'file', file: 'sd/*.json' },
    ],
  ])('takes %s beside a URL', (_, text, searched) => {
    expect(parseTargetList(`http://orders:8000/metrics, ${text}`)).toEqual({
      fixed: [address({})],
      searched: [searched],
    })
  })

  it.each([
    'orders:8000',
    'ftp://orders/metrics',
    'http://',
    '=http://orders',
    'http://orders,',
    'http://a b/',
    'a/b=http://c',
    'dns+orders:8000',
    'dns+file:a.json',
    'file:',
    'file:targets.yml',
    'file:*/targets.json',
    'file:a*b*.json',
  ])('refuses %j', (text) => {
    expect(parseTargetList(text)).toBeUndefined()
  })
})
