// Writes what stands before a value: the metric's name and its labels.
import { isClassicLabelName, isClassicMetricName, quoteUnless } from './names'
import type { Labels } from './snapshot'
import type { TextWriter } from './text-writer'

/** How a label set begins where it has labels, and all there is where it has none. */
type Opening = { labelled: string; bare: string }

const EXEMPLAR: Opening = { labelled: ' # {', bare: ' # {} ' }

/** What stands before a label's value: as the first one, or after the value before it. */
type LabelStart = { first: string; next: string }

/** Remembers the texts that most lines have in common. */
export class SeriesWriter {
  private readonly labelStarts = new Map<string, LabelStart>()
  private name: string | undefined
  private opening = EXEMPLAR

  constructor(private readonly writer: TextWriter) {}

  /** `name{label="value",...} `, or `{"a name that needs quotes",label="value",...} `. */
  writeSeries(name: string, labels: Labels): void {
    if (name !== this.name) {
      this.name = name
      this.opening = openingOf(name)
    }
    this.write(this.opening, labels)
  }

  /** ` # {label="value",...} ` */
  writeExemplar(labels: Labels): void {
    this.write(EXEMPLAR, labels)
  }

  private write(opening: Opening, labels: Labels): void {
    const { writer } = this
    let isFirst = true
    for (const name in labels) {
      const start = this.labelStarts.get(name) ?? this.remember(name)
      if (isFirst) writer.write(opening.labelled)
      writer.write(isFirst ? start.first : start.next)
      writer.writeQuoted(labels[name] ?? '')
      isFirst = false
    }
    writer.write(isFirst ? opening.bare : '"} ')
  }

  private remember(labelName: string): LabelStart {
    const first = `${quoteUnless(isClassicLabelName(labelName), labelName)}="`
    const start = { first, next: `",${first}` }
    this.labelStarts.set(labelName, start)
    return start
  }
}

function openingOf(name: string): Opening {
  if (isClassicMetricName(name)) return { labelled: `${name}{`, bare: `${name} ` }
  const quoted = quoteUnless(false, name)
  return { labelled: `{${quoted},`, bare: `{${quoted}} ` }
}
