// What a bench says at its end: one row for each figure, beside what it is compared with.
import { cpus } from 'node:os'
import { median } from './quantile'

export type Row = {
  name: string
  unit: string
  /** One for each round. */
  figures: readonly number[]
  /** What was measured in the same rounds, to compare with; without it, the figure is compared with its aim. */
  against?: { name: string; figures: readonly number[] }
  aim?: Aim
}

/** A bound of the figure's median, or of the median of the rounds' ratios. */
export type Aim = { bound: 'at most' | 'at least'; limit: number; of: 'figure' | 'ratio' }

/** Prints the rows as a table in Markdown, under the machine that they were measured on. */
export function report(title: string, rows: readonly Row[]): void {
  const processors = cpus()
  const machine = `Node ${process.versions.node}, ${processors.length} x ${processors[0]?.model.trim() ?? 'unknown'}`
  const head = ['row', 'median (least to most)', 'compared with', 'ratio', 'aim']
  const table = toTable([head, ...rows.map(toCells)])
  console.log(`\n${title}\n${new Date().toISOString().slice(0, 10)}, ${machine}\n\n${table}\n`)
}

/** The first row is the head. */
export function toTable([head = [], ...rows]: readonly string[][]): string {
  const table = [head, head.map(() => '---'), ...rows]
  const widths = head.map((_, column) => Math.max(...table.map((cells) => cells[column]?.length ?? 0)))
  const lines = table.map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
  return lines.join('\n')
}

function toCells({ name, unit, figures, against, aim }: Row): string[] {
  const ratio = medianRatio({ figures, against, aim })
  return [
    name,
    `${spread(figures)} ${unit}`,
    against ? `${against.name}: ${spread(against.figures)} ${unit}` : aim ? 'its aim' : '',
    Number.isNaN(ratio) ? '' : toDigits(ratio),
    aim ? verdict(aim, aim.of === 'ratio' ? ratio : median(figures), unit) : '',
  ]
}

function verdict({ bound, limit, of }: Aim, value: number, unit: string): string {
  const isMet = bound === 'at most' ? value <= limit : value >= limit
  const what = of === 'ratio' ? `ratio ${bound} ${limit}` : `${bound} ${limit} ${unit}`
  return `${what}: ${isMet ? 'met' : 'not met'}`
}

/** Each round is compared with itself, so that what slows the machine for a while slows both. */
function medianRatio({ figures, against, aim }: Pick<Row, 'figures' | 'against' | 'aim'>): number {
  if (against) return median(figures.map((figure, round) => figure / (against.figures[round] ?? Number.NaN)))
  return aim && aim.limit !== 0 ? median(figures) / aim.limit : Number.NaN
}

function spread(figures: readonly number[]): string {
  if (figures.length === 1) return toDigits(median(figures))
  return `${toDigits(median(figures))} (${toDigits(Math.min(...figures))} to ${toDigits(Math.max(...figures))})`
}

/** Three significant digits at most: the machine isn't more exact than that. */
function toDigits(value: number): string {
  return value.toLocaleString('en-US', { maximumSignificantDigits: 3 })
}
