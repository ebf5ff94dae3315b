// The footer: how much is stored, how full the storage is, and where the endpoints are.
import { toCount } from '../_format/digits'
import { toSpan } from '../_format/time'
import { toText } from '../_format/unit'
import type { Status } from '../_panels/use-status'
import type { Shell } from '../_state/shell'
import styles from './footer.module.css'
import { LogOut } from './log-out'

export function Footer({ status, doors }: { status: Status } & Pick<Shell, 'doors'>) {
  const { source, scrapeIntervalMs, retentionMs, seriesCount, seriesLimit, history } = status
  return (
    <footer className={styles.footer}>
      <span>
        Sampled every {toSpan(scrapeIntervalMs)}, kept for {toSpan(retentionMs)} in this process
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
          Answered by{' '}
          <a href={source.url}>
            <code>{source.url}</code>
          </a>
        </span>
      )}
      <span>
        Prometheus scrapes{' '}
        <a href={doors.metrics}>
          <code>{doors.metrics}</code>
        </a>
      </span>
      <span>
        PromQL API at <code>{doors.prometheus}</code>
      </span>
      {doors.logout !== undefined && <LogOut path={doors.logout} />}
    </footer>
  )
}

/** Where else the history is kept. Empty if it is in memory only: then the notice under the bar says why. */
export function toDiskWords(history: Status['history']): string {
  if (history?.state === 'disk') return ` and on disk (${toText(history.bytes, 'bytes')})`
  return history?.state === 'loading' ? '; the history on disk is being read' : ''
}

/** What was not stored, in words: a line for each kind of loss that happened. */
export function toLosses({
  droppedSeries,
  droppedSamples,
  shortenings,
  foldedMetrics,
}: Pick<Status, 'droppedSeries' | 'droppedSamples' | 'shortenings' | 'foldedMetrics'>): string[] {
  const { tooOld, tooFarAhead, outOfOrder, duplicate } = droppedSamples
  const refused = tooOld + outOfOrder + duplicate
  return [
    droppedSeries > 0 ? `${toCount(droppedSeries)} series over the limit were not stored` : '',
    shortenings > 0 ? 'the oldest samples were dropped early because memory ran short' : '',
    refused > 0 ? `${toCount(refused)} late or duplicate samples were dropped` : '',
    tooFarAhead > 0 ? `${toCount(tooFarAhead)} samples with future timestamps were dropped` : '',
    ...foldedMetrics.map(
      ({ metric, observations }) =>
        `${metric} has too many label sets: ${toCount(observations)} observations are counted under (other)`,
    ),
  ].filter((loss) => loss !== '')
}
