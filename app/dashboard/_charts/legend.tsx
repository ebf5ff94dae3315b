'use client'
// The names of a chart's series with their newest values, or with those at the cursor while there is one. A name hides its
// series; with Ctrl or Cmd it shows that one alone.
import type { Panel } from '../_boards/panel'
import { toPanelName } from '../_boards/panel'
import { NO_VALUE } from '../_format/digits'
import { toLegendText } from '../_format/unit'
import type { HiddenSeries } from '../_state/hidden-series'
import type { ChartLine } from './chart-line'
import styles from './legend.module.css'
import { Swatch } from './swatch'
import { nearestIndex } from './time-frame'
import { useCursor } from './use-cursor'

type LegendProps = {
  panel: Panel
  /** Those that are hidden as well. */
  lines: readonly ChartLine[]
  hidden: HiddenSeries
  timesMs: readonly number[]
}

const HINT = 'Click to hide or show, Ctrl-click (⌘-click) to show alone'

export function Legend({ panel, lines, hidden, timesMs }: LegendProps) {
  const cursor = useCursor()
  const index = cursor === null ? timesMs.length - 1 : nearestIndex(timesMs, cursor.timeMs)
  const keys = lines.map(({ key }) => key)
  return (
    <ul className={styles.legend} data-wide={panel.unit === 'seconds' || panel.unit === 'bytes'}>
      {lines.map(({ key, name, colour, values, unit }) => (
        <li key={key} data-hidden={hidden.keys.has(key)}>
          <button
            type="button"
            aria-label={`${name} of ${toPanelName(panel)}`}
            aria-pressed={!hidden.keys.has(key)}
            title={HINT}
            onClick={({ ctrlKey, metaKey }) => {
              if (ctrlKey || metaKey) hidden.isolate(key, keys)
              else hidden.toggle(key)
            }}
            // Browsers make no click of Ctrl and Enter.
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
              event.preventDefault()
              hidden.isolate(key, keys)
            }}
          >
            <Swatch colour={colour} />
            {name}
          </button>{' '}
          <b>{index < 0 ? NO_VALUE : toLegendText(values[index], unit ?? panel.unit)}</b>
        </li>
      ))}
    </ul>
  )
}
