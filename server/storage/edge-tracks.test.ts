import { describe, expect, it } from 'vitest'
import { EdgeTracks } from './edge-tracks'

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
})
