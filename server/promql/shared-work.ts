// Parts of expressions that several queries of the same moment have in common are evaluated once.
import type { MemoryShare } from '../memory-pool'
import type { Budget } from './budget'
import type { Annotation, Evaluated } from './evaluation'
import { bytesOf } from './flat-vector'
import type { Remarks } from './remarks'

/** A part's value, and what else came of evaluating it. Places are relative to the part's own. */
type Finished = { evaluated: Evaluated; samples: number; annotations: Annotation[] }

/** Who asks: a query, and where the part begins in it. */
export type Asker = { budget: Budget; remarks: Remarks; from: number }

/** What is kept at most. */
const MAX_KEPT_BYTES = 32 * 1024 ** 2
/** Of a part itself. */
const PART_BYTES = 256

/**
 * Queries that are given the same one must ask the same source, and it must not outlive the moment: what is kept doesn't
 * notice new samples. Each query answers, counts its samples and remarks as if it were alone.
 */
export class SharedWork {
  readonly #parts = new Map<string, Promise<Finished>>()
  #keptBytes = 0

  /** What is kept is held in `memory`. */
  constructor(private readonly memory?: MemoryShare) {}

  /** Gives the memory back, once nobody asks any more. */
  end(): void {
    this.#parts.clear()
    this.memory?.end()
  }

  /**
   * The value of the part that `key` stands for, which says all that the value depends on. Only what succeeds is shared:
   * where an asker fails, was abandoned or is past its limits, the next one evaluates for itself.
   */
  async evaluate(key: string, asker: Asker, evaluate: () => Promise<Evaluated>): Promise<Evaluated> {
    const known = await this.#parts.get(key)?.catch(() => undefined)
    if (known) return replay(known, asker)
    const finished = finish(asker, evaluate)
    this.#parts.set(key, finished)
    try {
      const { evaluated } = await finished
      if (!this.#hasRoomFor(evaluated)) this.#forget(key, finished)
      return evaluated
    } catch (error) {
      this.#forget(key, finished)
      throw error
    }
  }

  #hasRoomFor(evaluated: Evaluated): boolean {
    const bytes = PART_BYTES + bytesOf(evaluated)
    if (this.#keptBytes + bytes > MAX_KEPT_BYTES || this.memory?.take(bytes) !== undefined) return false
    this.#keptBytes += bytes
    return true
  }

  #forget(key: string, finished: Promise<Finished>): void {
    if (this.#parts.get(key) === finished) this.#parts.delete(key)
  }
}

async function finish({ budget, from, remarks }: Asker, evaluate: () => Promise<Evaluated>): Promise<Finished> {
  const samplesBefore = budget.samples
  const { result, annotations } = await remarks.recorded(evaluate)
  return {
    evaluated: result,
    samples: budget.samples - samplesBefore,
    annotations: annotations.map((annotation) => moved(annotation, -from)),
  }
}

function replay({ annotations, evaluated, samples }: Finished, { budget, from, remarks }: Asker): Evaluated {
  budget.spend(samples)
  for (const annotation of annotations) remarks.add(moved(annotation, from))
  return evaluated
}

/** A remark without a place of its own stays without. */
function moved(annotation: Annotation, by: number): Annotation {
  return annotation.to === 0 ? annotation : { ...annotation, from: annotation.from + by, to: annotation.to + by }
}
