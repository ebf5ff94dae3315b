'use client'
import { useHasMounted } from '../_charts/use-has-mounted'
// The slowest requests that came with a trace, with their routes: below the routes, of the time that is shown.
import { toMoment } from '../_format/time'
import { toText } from '../_format/unit'
import { useShell } from '../_state/shell'
import { useView } from '../_state/use-view'
import { toExemplarExplore, toSeriesWords, toTraceUrl, traceIdOf } from './exemplar-links'
import type { Shown } from './shown'
import styles from './slowest-requests.module.css'
import { useExemplars } from './use-exemplars'
import { useStatus } from './use-status'

/** As many as are read at a glance. */
const MOST_SHOWN = 10

/** `expr` is PromQL whose series have the exemplars. */
export function SlowestRequests({ expr, shown }: { expr: string | undefined; shown: Shown }) {
  const { frame, board } = shown
  const { traceUrlTemplate, source } = useStatus()
  const { doors } = useShell()
  const [view] = useView()
  const hasMounted = useHasMounted()
  const told = useExemplars(expr, frame, board.state)
  const rows = told?.exemplars.slice(0, MOST_SHOWN) ?? []
  return (
    <section className={styles.slowest} aria-labelledby="slowest-requests">
      <h2 id="slowest-requests">
        Slowest requests <small>with a trace, by latency</small>
      </h2>
      {rows.length === 0 ? (
        <p>
          {source.kind === 'prometheus'
            ? 'That Prometheus has no exemplars of these requests. It keeps them with --enable-feature=exemplar-storage.'
            : 'None yet. A request with a traceparent header is listed here, with its trace.'}
        </p>
      ) : (
        <div className={styles.scroll}>
          <table>
            <thead>
              <tr>
                <th scope="col">Latency</th>
                <th scope="col">Request</th>
                <th scope="col">At</th>
                <th scope="col">Trace</th>
                <th scope="col">
                  <span className="visually-hidden">Explore</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((exemplar) => {
                const { labels, series, timeMs, value } = exemplar
                const trace = traceIdOf(exemplar) ?? ''
                const url = toTraceUrl(exemplar, traceUrlTemplate)
                return (
                  <tr key={JSON.stringify([labels, series, timeMs, value])}>
                    <td>{toText(value, 'seconds')}</td>
                    <th scope="row">
                      <code>{toSeriesWords(exemplar)}</code>
                    </th>
                    <td>{hasMounted && toMoment(timeMs, frame.endMs)}</td>
                    <td>
                      {url === undefined ? (
                        <code>{trace}</code>
                      ) : (
                        <a href={url} target="_blank" rel="noreferrer" aria-label={`Trace ${trace}`}>
                          <code>{trace}</code>
                        </a>
                      )}
                    </td>
                    <td>
                      <a href={doors.pages.explore + toExemplarExplore(exemplar, view)}>Explore</a>
                    </td>
                  </tr>
                )
              })}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}
