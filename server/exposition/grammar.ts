// How series are written: by the specifications of the two formats, and as a Prometheus 3 reads the two from its targets.

/** By the specification of a format, or as a Prometheus 3 reads what its targets answer: what it refuses, too. */
export type Reader = 'specification' | 'server'

export type Grammar = {
  /** Blanks may stand around everything, and commas between labels may be missing. */
  readonly hasBlanks: boolean
  readonly hasLastComma: boolean
  /** Where a line may break within quotes: nowhere, in names, or in label values as well. */
  readonly lineBreaks: 'nowhere' | 'names' | 'everywhere'
  /**
   * What only Prometheus makes of a text: blanks before a name belong to it, no quoted name has a NUL, and a label that
   * comes twice is no label where it is empty once.
   */
  readonly isServers: boolean
}

const openMetrics: Grammar = { hasBlanks: false, hasLastComma: false, lineBreaks: 'nowhere', isServers: false }
const text: Grammar = { hasBlanks: true, hasLastComma: true, lineBreaks: 'everywhere', isServers: false }

export const GRAMMARS = {
  specification: { openMetrics, text },
  server: {
    openMetrics: { ...openMetrics, hasLastComma: true, lineBreaks: 'names', isServers: true },
    text: { ...text, isServers: true },
  },
} as const satisfies Record<Reader, Record<'openMetrics' | 'text', Grammar>>
