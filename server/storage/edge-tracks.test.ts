import { describe, expect, it } from 'vitest'
import { ChunkLog } from './chunk-log'
import { createEdge } from './edge-track'
import { EdgeTracks } from './edge-tracks'
import { MemorySeries } from './memory-series'

describe('EdgeTracks', () => {
  it('follows each edge from tick to tick', () => {
    const tracks = new EdgeTracks()
    const [now, before] = [tracks.near(1_000_000), tracks.near(700_000)]
    expect(before).not.toBe(now)
    expect(tracks.near(1_001_000)).toBe(now)
    expect(tracks.near(701_000)).toBe(before)
    expect(tracks.near(701_000, before)).not.toBe(before)
  })

  it('takes an edge far away for another one', () => {
    const tracks = new EdgeTracks()
    expect(tracks.near(600_000)).not.toBe(tracks.near(100_000))
  })

  it('keeps those in use, and gives up those that nobody asks for', () => {
    const tracks = new EdgeTracks()
    const edges = Array.from({ length: 16 }, (_, i) => tracks.near(i * 1_000_000))
    const seventeenth = tracks.near(16_000_000)
    expect(tracks.near(16_001_000)).not.toBe(seventeenth)
    for (let i = 0; i < 1000; i++) expect(tracks.near(15_000_000 + i)).toBe(edges[15])
    const kept = tracks.near(16_002_000)
    expect(tracks.near(16_003_000)).toBe(kept)
    expect(tracks.near(1000)).not.toBe(edges[0])
  })

  it('keeps fewer where there are many series: no more once they take 16 MiB', () => {
    const tracks = new EdgeTracks()
    const log = new ChunkLog()
    const last = new MemorySeries(0, 70_000, { __name__: 'a' }, log)
    last.append(1000, 1, false)
    const large = [0, 1_000_000, 2_000_000].map((atMs) => {
      const track = tracks.near(atMs)
      track.find(last, atMs, createEdge())
      return track
    })
    expect(large[0]?.bytes).toBeGreaterThan(8 * 1024 ** 2)
    expect([0, 1_000_000].map((atMs) => tracks.near(atMs))).toEqual(large.slice(0, 2))
    expect(tracks.near(2_000_000)).not.toBe(large[2])
  })
})
