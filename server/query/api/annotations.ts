// Warnings and infos on a query's answer, of which Prometheus lists ten of each.
import type { Annotation } from '../../promql/evaluation'

const mostListed = 10

export type Annotations = { warnings: string[]; infos: string[] }

export function listAnnotations(annotations: readonly Annotation[]): Annotations {
  const ofLevel = (level: Annotation['level'], name: string) => {
    const messages = annotations.filter((one) => one.level === level).map(({ message }) => message)
    const omitted = messages.length - mostListed
    return omitted > 0 ? [...messages.slice(0, mostListed), `${omitted} more ${name} annotations omitted`] : messages
  }
  return { warnings: ofLevel('warning', 'warning'), infos: ofLevel('info', 'info') }
}
