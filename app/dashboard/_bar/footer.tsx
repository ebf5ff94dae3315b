// The small print: how much is remembered, how full the memory is, and where else to ask.
import { toCount } from '../_format/digits'
import { toSpan } from '../_format/time'
import styles from './footer.module.css'

export type FooterStatus = {
  isEmbedded: boolean
  scrapeIntervalMs: number
  retentionMs: number
  seriesCount: number
  seriesLimit: number
  droppedSeries: number
  droppedSamples: number
}

export function Footer({ status }: { status: FooterStatus | undefined }) {
  return (
    <footer className={styles.footer}>
      {status !== undefined && (
        <>
          <span>
            Sampled every {toSpan(status.scrapeIntervalMs)}, kept {toSpan(status.retentionMs)} in this process
          </span>
          <span>
            {toCount(status.seriesCount)} series of {toCount(status.seriesLimit)}
          </span>
          {(status.droppedSeries > 0 || status.droppedSamples > 0) && (
            <span className={styles.dropped}>
              {toCount(status.droppedSeries)} series and {toCount(status.droppedSamples)} samples did not fit and were
              dropped
            </span>
          )}
        </>
      )}
      <span>
        Scrape me at <code>/api/metrics</code>
      </span>
      <span>
        Ask me PromQL at <code>/prometheus</code>
      </span>
    </footer>
  )
}
