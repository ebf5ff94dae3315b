import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { TargetAddress } from '../target-list'
import { parseTargetFile, readTargetFiles } from './target-files'

const node = (rest: Partial<TargetAddress> = {}): TargetAddress => ({
  job: 'nodes',
  instance: '10.0.0.7:9100',
  url: 'http://10.0.0.7:9100/metrics',
  authorization: undefined,
  ...rest,
})
const group = (labels: object | null = null, targets = ['10.0.0.7:9100']) => JSON.stringify([{ targets, labels }])

describe('parseTargetFile', () => {
  it.each<[string, string, TargetAddress[]]>([
    ['targets without labels', '[{"targets": ["10.0.0.7:9100"]}]', [node()]],
    ['no groups, and a group without targets', '[]', []],
    ['labels that are null', group(), [node()]],
    ['labels', group({ zone: 'a', empty: '' }), [node({ labels: { zone: 'a' } })]],
    ['a job and an instance', group({ job: 'x', instance: 'box 7' }), [node({ job: 'x', instance: 'box 7' })]],
    [
      'a scheme, a path and parameters',
      group({ __scheme__: 'https', __metrics_path__: '/m?', __param_module: 'a b', __meta_x: 'y' }),
      [node({ url: 'https://10.0.0.7:9100/m%3F?module=a+b' })],
    ],
    ['a host without a port', group(null, ['box']), [node({ instance: 'box', url: 'http://box/metrics' })]],
    ['IPv6', group(null, ['[::1]:9100']), [node({ instance: '[::1]:9100', url: 'http://[::1]:9100/metrics' })]],
  ])('takes %s', (_, text, expected) => {
    expect(parseTargetFile(text, 'nodes')).toEqual(expected)
  })

  it.each([
    ['{', /^expected JSON: /],
    ['{}', /^expected \[\{"targets": \["host:port"\], "labels": \{\}\}\], but it: .*expected array/],
    ['[{"targets": "a"}]', /but \[0\]\.targets: .*expected array/],
    ['[{"targets": [1]}]', /but \[0\]\.targets\[0\]: .*expected string/],
    ['[{"targets": [], "labels": {"a": 1}}]', /but \[0\]\.labels\.a: .*expected string/],
    ['[{"targets": [], "tragets": []}]', /but \[0\]: Unrecognized key: "tragets"/],
    [group(null, ['http://a:1']), /^expected host:port, got "http:\/\/a:1"/],
    [group(null, ['a:1/metrics']), /^expected host:port, got "a:1\/metrics"/],
    [group(null, ['']), /^expected host:port, got ""/],
    [group({ __scheme__: 'ftp' }), /^expected the __scheme__ http or https, got "ftp"/],
  ])('refuses %s', (text, message) => {
    expect(() => parseTargetFile(text, 'nodes')).toThrow(message)
  })

  it('answers with targets or an Error in words, whatever the file says', () => {
    const label = fc.constantFrom('job', 'instance', '__scheme__', '__metrics_path__', '__param_a', '__proto__', 'zone')
    const groups = fc.array(
      fc.record({
        targets: fc.array(fc.oneof(fc.string(), fc.constantFrom('a:1', '[::1]', 'u:p@a:1', 'a:99999'))),
        labels: fc.dictionary(label, fc.oneof(fc.string(), fc.constantFrom('https', '/metrics'))),
      }),
    )
    fc.assert(
      fc.property(
        fc.oneof(
          groups.map((all) => JSON.stringify(all)),
          fc.json(),
          fc.string(),
        ),
        (text) => {
          try {
            for (const { url } of parseTargetFile(text, 'nodes')) expect(new URL(url).username).toBe('')
          } catch (error) {
            expect(String(error)).toMatch(/^Error: expected /)
          }
        },
      ),
      { numRuns: 5_000 },
    )
  })
})

describe('readTargetFiles', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'target-files-'))
  })
  afterEach(() => rm(folder, { recursive: true }))
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text)

  it('reads all that match, keeps what a broken one had, and drops what is gone', async () => {
    await write('node-a.json', group(null, ['a:1']))
    await write('node-b.json', group(null, ['b:1']))
    await write('other.json', group(null, ['c:1']))
    const look = readTargetFiles(path.join(folder, 'node-*.json'), 'nodes')
    const found = async () => {
      const { problem, targets } = await look()
      return [targets.map(({ instance }) => instance), problem]
    }
    expect(await found()).toEqual([['a:1', 'b:1'], undefined])
    await write('node-a.json', '[{')
    expect(await found()).toEqual([['a:1', 'b:1'], expect.stringMatching(/^node-a\.json: expected JSON: /)])
    await write('node-a.json', group(null, ['d:1']))
    await rm(path.join(folder, 'node-b.json'))
    expect(await found()).toEqual([['d:1'], undefined])
    await rm(path.join(folder, 'node-a.json'))
    expect(await found()).toEqual([[], 'there is no such file'])
  })

  it('says of a folder, and of a file that is too large, what was expected', async () => {
    const look = readTargetFiles(path.join(folder, 'large.json'), 'nodes')
    await write('large.json', ' '.repeat(4_000_001))
    expect(await look()).toEqual({ targets: [], problem: 'large.json: expected at most 4000000 bytes, got 4000001' })
    const inFile = readTargetFiles(path.join(folder, 'large.json', 'a.json'), 'nodes')
    await expect(inFile()).rejects.toThrow(/large\.json cannot be read \(ENOTDIR\)$/)
  })
})
