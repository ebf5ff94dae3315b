// The small print: how much is remembered, how full the memory is, and where else to ask.
import { toCount } from '../_format/digits'
import { toSpan } from '../_format/time'
import { toText } from '../_format/unit'
import type { Status } from '../_panels/use-status'
import type { Shell } from '../_state/shell'
import styles from './footer.module.css'

export function Footer({ status, doors }: { status: Status } & Pick<Shell, 'doors'>) {
  const { source, scrapeIntervalMs, retentionMs, seriesCount, seriesLimit, history } = status
  return (
    <footer className={styles.footer}>
      <span>
        Sampled every {toSpan(scrapeIntervalMs)}, kept {toSpan(retentionMs)} in this process
        {toDiskWords(history)}
      </span>
      <span>
        {toCount(seriesCount)} series of {toCount(seriesLimit)}
      </span>
      {toLosses(status).map((loss) => (
        <span key={loss} className={styles.loss}>
          {loss}
        </span>
      ))}
      {source.kind === 'prometheus' && (
        <span>
          Answered by <code>{source.url}</code>
        </span>
      )}
      <span>
        Scrape me at <code>{doors.metrics}</code>
      </span>
      <span>
        Ask me PromQL at <code>{doors.prometheus}</code>
      </span>
    </footer>
  )
}

/** Where else it is kept; nothing where it isn't, since the notice under the bar says why. */
export function toDiskWords(history: Status['history']): string {
  if (history?.state === 'disk') return ` and on disk (${toText(history.bytes, 'bytes')})`
  return history?.state === 'loading' ? '; what is on disk is being read' : ''
}

/** What was not kept, in words; nothing is said of what didn't happen. */
export function toLosses({
  droppedSeries,
  droppedSamples,
  shortenings,
  foldedMetrics,
}: Pick<Status, 'droppedSeries' | 'droppedSamples' | 'shortenings' | 'foldedMetrics'>): string[] {
  const { tooOld, tooFarAhead, outOfOrder, duplicate } = droppedSamples
  const refused = tooOld + outOfOrder + duplicate
  return [
    droppedSeries > 0 ? `${toCount(droppedSeries)} more series did not fit and are missing here` : '',
    shortenings > 0 ? 'the oldest samples were dropped before their time, for want of memory' : '',
    refused > 0 ? `${toCount(refused)} samples came late or twice and were refused` : '',
    tooFarAhead > 0 ? `${toCount(tooFarAhead)} samples said that they are from the future and were refused` : '',
    ...foldedMetrics.map(
      ({ metric, observations }) =>
        `${metric} has too many label sets: ${toCount(observations)} observations are counted under (other)`,
    ),
  ].filter((loss) => loss !== '')
}
