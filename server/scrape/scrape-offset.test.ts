import { describe, expect, it } from 'vitest'
import { scrapeOffsetMs } from './scrape-offset'

const offsetOf = (job: string, instance: string) => scrapeOffsetMs({ job, instance }, 15_000)

describe('the offset of a target', () => {
  it('is the same in every process and after every restart', () => {
    expect(offsetOf('orders', 'orders:8000')).toBe(775)
  })

  it('is of the job and of the instance, and of how they are told apart', () => {
    const offsets = [offsetOf('a', 'b:80'), offsetOf('a', 'b:81'), offsetOf('b', 'b:80'), offsetOf('ab', ':80')]
    expect(new Set(offsets).size).toBe(4)
  })

  it('spreads many targets evenly over the interval', () => {
    const offsets = Array.from({ length: 3000 }, (_, i) => offsetOf('node', `10.0.0.${i}:9100`))
    for (const from of [0, 5000, 10_000]) {
      const inThird = offsets.filter((offset) => offset >= from && offset < from + 5000)
      expect(inThird.length).toBeGreaterThan(850)
    }
  })
})
