// A line under the bar while the numbers are not whole: the server that PROMETHEUS_URL names does not answer, or only in part, or an
// entry of SCRAPE_TARGETS could not be looked up. The element is always there, so that a screen reader announces its text.
import type { Status } from '../_panels/use-status'
import styles from './notice.module.css'

export function SourceNotice({ status }: { status: Pick<Status, 'source' | 'discovered'> }) {
  return (
    <div role="status" aria-label="Source of the numbers" className={styles.place}>
      {toSourceWords(status).map(([what, why]) => (
        <p key={what}>
          <strong>{what}</strong> {why}
        </p>
      ))}
    </div>
  )
}

/** What the bar says instead of `Live`. */
export function toSourceState({ source }: Pick<Status, 'source'>): string | undefined {
  if (source.kind !== 'prometheus') return undefined
  if (source.problem !== undefined) return 'No answer'
  return source.partial === undefined ? undefined : 'Live, in part'
}

/** What is wrong, and what that means, for each thing that is. */
export function toSourceWords({
  discovered,
  source,
}: Pick<Status, 'source' | 'discovered'>): [what: string, why: string][] {
  const words: [string, string][] = []
  if (source.kind === 'prometheus') {
    const { partial, problem } = source
    if (problem !== undefined) words.push(['No new numbers.', `${problem}.`])
    if (partial !== undefined) words.push(['These numbers are partial', `and may be too low: ${partial}.`])
  }
  for (const { error, name, targets } of discovered) {
    if (error !== undefined)
      words.push([name, `${error}. It has ${targets === 1 ? '1 target' : `${targets} targets`}.`])
  }
  return words
}
