// The edges of the windows that are asked about at every tick, each followed by a track of its own.
import { EdgeTrack } from './edge-track'

/** Each takes 128 bytes a series. */
const MAX_TRACKS = 8
/** An edge that is farther away is another one. */
const NEAR_MS = 120_000

export class EdgeTracks {
  /** The one that was used last stands last. */
  #tracks: EdgeTrack[] = []

  /**
   * The track that was at this instant, or else not long before: from tick to tick an edge moves on a little. It is
   * another one than `other`.
   */
  near(atMs: number, other?: EdgeTrack): EdgeTrack {
    let nearest: EdgeTrack | undefined
    for (const track of this.#tracks) {
      if (track === other || track.atMs > atMs || track.atMs < atMs - NEAR_MS) continue
      if (nearest === undefined || track.atMs > nearest.atMs) nearest = track
    }
    const track = nearest ?? new EdgeTrack()
    track.atMs = atMs
    this.#tracks = [...this.#tracks.filter((kept) => kept !== track), track].slice(-MAX_TRACKS)
    return track
  }

  /** For when samples were taken away at the newer end. */
  clear(): void {
    this.#tracks = []
  }
}
