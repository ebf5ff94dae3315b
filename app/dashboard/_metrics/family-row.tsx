'use client'
// One metric in the list: what it is, how many series it has, and its newest value with its recent past.
import { memo } from 'react'
import type { FamilySummary } from '@/server/trpc/families'
import { isOverTime } from '../_boards/family-panels'
import { Spark } from '../_charts/spark'
import { toMoment } from '../_format/time'
import { toText } from '../_format/unit'
import styles from './family-row.module.css'
import { Since } from './since'
import type { Facts } from './use-engine-facts'
import type { Headline } from './use-headlines'

type FamilyRowProps = {
  family: FamilySummary
  /** Undefined until an engine has told them. */
  facts: Facts | undefined
  isEngine: boolean
  headline: Headline | undefined
  href: string
}

/** In seconds: in 2001. */
const LEAST_MOMENT = 1e9
/** The others are on the metric's page. */
const MOST_LABELS = 4

export const FamilyRow = memo(function FamilyRow({ family, facts, isEngine, headline, href }: FamilyRowProps) {
  const { name, help, type, labels } = family
  const { seriesCount, sinceMs } = facts ?? {}
  const shown = labels.filter(({ values }) => values > 1).sort((a, b) => b.values - a.values)
  return (
    <div className={styles.row}>
      <div className={styles.name}>
        <a href={href}>{name}</a>
        <p title={help}>{help}</p>
      </div>
      <div className={styles.type}>{type}</div>
      <div className={styles.series}>
        {seriesCount !== undefined && (
          <>
            {seriesCount.toLocaleString('en-US')} <span>series</span>
          </>
        )}
        {sinceMs !== undefined && <Since sinceMs={sinceMs} isEngine={isEngine} />}
      </div>
      <div className={styles.labels}>
        {shown.slice(0, MOST_LABELS).map(({ name, values }) => (
          <span key={name}>
            {name} <b>{values}</b>
          </span>
        ))}
        {shown.length > MOST_LABELS && <span>{shown.length - MOST_LABELS} more</span>}
      </div>
      <div className={styles.value}>{toValueText(family, headline)}</div>
      <div className={styles.spark}>
        {headline !== undefined && isOverTime(family) && (
          <Spark
            timesMs={headline.timesMs}
            values={headline.values}
            frame={headline.frame}
            colour="redirect"
            height={26}
          />
        )}
      </div>
    </div>
  )
})

function toValueText(family: FamilySummary, headline: Headline | undefined): string {
  if (headline === undefined) return ''
  const newest = headline.values.findLast((value) => value !== null)
  if (newest === undefined || newest === null) return headline.error === undefined ? '–' : 'no answer'
  if (family.type === 'info') return ''
  // Of a moment the name says so, and no span is that long.
  const isMoment = /_time(?:stamp)?_seconds$/.test(family.metric) && family.type === 'gauge' && newest > LEAST_MOMENT
  return isMoment ? toMoment(newest * 1000, headline.frame.endMs) : toText(newest, headline.panel.unit)
}
