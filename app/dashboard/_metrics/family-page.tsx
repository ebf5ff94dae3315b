'use client'
// The page of one metric: the questions that fit its type, and the same by each of its labels.
import type { FamilySummary } from '@/server/trpc/families'
import { Segments } from '../_bar/segments'
import type { Board } from '../_boards/panel'
import { PanelPlace } from '../_panels/panel-place'
import type { Shown } from '../_panels/shown'
import styles from './family-page.module.css'
import { Since } from './since'

type FamilyPageProps = {
  family: FamilySummary
  shown: Shown & { drawn: Board }
  /** The label by which it is split; undefined for all of them. */
  by: string | undefined
  isEngine: boolean
  onBy: (by: string | undefined) => void
  /** Where the list is. */
  backHref: string
}

export function FamilyPage({ family, shown, by, isEngine, onBy, backHref }: FamilyPageProps) {
  const { name, help, type, unit, seriesCount, sinceMs, labels } = family
  const facts = [type, unit, seriesCount === undefined ? '' : `${seriesCount.toLocaleString('en-US')} series`]
  return (
    <>
      <header className={styles.header}>
        <a className={styles.back} href={backHref}>
          ← All metrics
        </a>
        <h2>{name}</h2>
        <p className={styles.facts}>
          {facts.filter((fact) => fact !== '').join(' · ')}
          {sinceMs !== undefined && (
            <>
              {' · '}
              <Since sinceMs={sinceMs} isEngine={isEngine} />
            </>
          )}
        </p>
        <p>{help === '' ? 'Without a help text.' : help}</p>
        {labels.length > 0 && (
          <div className={styles.labels}>
            <Segments
              label="Break down by"
              options={[
                { name: 'Every label', value: '' },
                ...labels.map(({ name, values }) => ({ name: `${name} (${values})`, value: name })),
              ]}
              value={labels.some(({ name }) => name === by) ? (by ?? '') : ''}
              onChange={(value) => onBy(value === '' ? undefined : value)}
            />
          </div>
        )}
      </header>
      <div className={styles.board}>
        {shown.drawn.places.map((place) => (
          <PanelPlace key={place.panels[0].id} place={place} shown={shown} />
        ))}
      </div>
    </>
  )
}
