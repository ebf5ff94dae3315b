// The edges of the windows that are asked about at every tick, each followed by a track of its own.
import { EdgeTrack } from './edge-track'

/** Enough for dashboards of four ranges. */
const MAX_TRACKS = 16
/** Of all tracks together: where there are many series, there are fewer of them. */
const MAX_BYTES = 16 * 1024 ** 2
/** A track gives up its place when so many others were asked for since it was. */
const MAX_IDLE = 1_000
/** An edge that is farther away is another one. */
const NEAR_MS = 120_000

export class EdgeTracks {
  #asked = 0
  /** And when each was asked for last. */
  readonly #tracks = new Map<EdgeTrack, number>()

  /**
   * The track that was at this instant, or else not long before: from tick to tick an edge moves on a little. It is
   * another one than `other`. Where all places are taken by tracks in use, it is one that nobody keeps.
   */
  near(atMs: number, other?: EdgeTrack): EdgeTrack {
    this.#asked++
    let nearest: EdgeTrack | undefined
    for (const track of this.#tracks.keys()) {
      if (track === other || track.atMs > atMs || track.atMs < atMs - NEAR_MS) continue
      if (nearest === undefined || track.atMs > nearest.atMs) nearest = track
    }
    const track = nearest ?? new EdgeTrack()
    track.atMs = atMs
    if (nearest !== undefined || this.#hasPlace()) this.#tracks.set(track, this.#asked)
    return track
  }

  /** For when samples were taken away at the newer end. */
  clear(): void {
    this.#tracks.clear()
  }

  #hasPlace(): boolean {
    let bytes = 0
    for (const [track, askedLast] of this.#tracks) {
      if (this.#asked - askedLast > MAX_IDLE) this.#tracks.delete(track)
      else bytes += track.bytes
    }
    return this.#tracks.size < MAX_TRACKS && bytes < MAX_BYTES
  }
}
