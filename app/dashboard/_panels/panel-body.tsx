'use client'
// Which component draws which chart.
import type { Panel } from '../_boards/panel'
import { BucketBars } from '../_charts/bucket-bars'
import { HeatMap } from '../_charts/heat-map'
import { TimeChart } from '../_charts/time-chart'
import { toWords } from './fill-words'
import { Gauge } from './gauge'
import { RouteTable } from './route-table'
import type { Shown } from './shown'

type PanelBodyProps = { panel: Panel; exprs: readonly string[]; shown: Shown }

export function PanelBody({ panel, exprs, shown }: PanelBodyProps) {
  const { board, frame, annotations, variables, target, sort, onSort } = shown
  const chart = { panel, exprs, board, frame }
  switch (panel.chart) {
    case 'stack':
    case 'lines':
      return <TimeChart key={panel.id} {...chart} annotations={annotations} />
    case 'buckets':
      return <BucketBars {...chart} />
    case 'heatmap':
      return <HeatMap {...chart} annotations={annotations} />
    case 'gauge':
      return <Gauge {...chart} words={toWords(variables, target, { isFixed: board.state === 'paused' })} />
    case 'routes':
      return <RouteTable {...{ panel, exprs, board, sort, onSort }} chosenRoute={variables.route} />
    case 'tile':
    case 'exceptions':
      return null
  }
}
