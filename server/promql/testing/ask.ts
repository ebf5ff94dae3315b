// Answers as lines that a table of a test can hold.
import { ALL_FEATURES } from '../../features'
import { evaluateInstant } from '../engine'
import type { SeriesSource } from '../evaluation'
import { dropLabels, formatLabels, nameLabel } from '../labels'

/**
 * With all features on: the answer at one instant, a line for each series, in their order: `name{label="x"} 5`. A scalar is
 * one number.
 */
export async function ask(source: SeriesSource, expr: string, atMs: number): Promise<string[]> {
  const answer = await evaluateInstant(source, expr, atMs, { features: ALL_FEATURES })
  if (answer.type === 'scalar' || answer.type === 'string') return [String(answer.value)]
  if (answer.type === 'matrix') throw new Error(`${expr} is a range vector`)
  return answer.series.map(({ labels, value }) => {
    const name = labels[nameLabel] ?? ''
    return `${name}${formatLabels(dropLabels(labels, [nameLabel]))} ${value}`
  })
}
