// Prometheus's remarks on one query, each told once, and recorded for the parts whose value is shared.
import type { Annotation } from './evaluation'

export class Remarks {
  readonly #told = new Set<string>()
  readonly #recordings = new Set<Map<string, Annotation>>()

  constructor(private readonly tell: (annotation: Annotation) => void) {}

  add(annotation: Annotation): void {
    const key = `${annotation.from} ${annotation.message}`
    for (const recording of this.#recordings) recording.set(key, annotation)
    if (this.#told.has(key)) return
    this.#told.add(key)
    this.tell(annotation)
  }

  /** What `work` comes to, and the remarks that it made, those included that were made before. */
  async recorded<T>(work: () => Promise<T>): Promise<{ result: T; annotations: Annotation[] }> {
    const recording = new Map<string, Annotation>()
    this.#recordings.add(recording)
    try {
      const result = await work()
      return { result, annotations: [...recording.values()] }
    } finally {
      this.#recordings.delete(recording)
    }
  }
}
