import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { heapLimitBytes } from './heap-limit'

const MB = 1024 ** 2

describe('the heap limit', () => {
  it.each([
    ['of Node 20', 144, '11.3.244.8-node.38', '--max-old-space-size=96', 144],
    ['of Node 24, with the same option', 288, '13.6.233.17-node.63', '--max-old-space-size=96', 144],
    ['of Node 24, with small semi-spaces', 144, '13.6.233.17', '--max-semi-space-size=16 --max-old-space-size=96', 144],
    ['of Node 20, with large semi-spaces', 192, '11.3.244', '--max-old-space-size=96 --max_semi_space_size=32', 144],
    ['of Node 24, without options', 4288, '13.6.233.17-node.63', '', 4144],
    ['that is told for the whole heap', 300, '13.6.233.17-node.63', '--max-heap-size=300', 156],
    ['that is less than such a young generation', 100, '13.6.233.17-node.63', '', 50],
  ])('%s', (_, limitMb, v8Version, options, expectedMb) => {
    expect(heapLimitBytes({ limitBytes: limitMb * MB, v8Version, options })).toBe(expectedMb * MB)
  })

  it('is what was said for the old generation and 48 MB, in the Node that runs this', () => {
    const told = spawnSync(
      process.execPath,
      ['--max-old-space-size=96', '-p', "require('v8').getHeapStatistics().heap_size_limit"],
      { encoding: 'utf8' },
    )
    expect(heapLimitBytes({ limitBytes: Number(told.stdout), options: '--max-old-space-size=96' })).toBe(144 * MB)
  })
})
