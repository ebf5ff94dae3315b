// What a target exposes and its board doesn't draw: by name, to ask for in PromQL.
import styles from './rest-of-target.module.css'

/** As many names as a person may want to read; a target can have thousands of metrics. */
const MOST_NAMED = 200

export function RestOfTarget({ rest = [] }: { rest?: readonly string[] }) {
  if (rest.length === 0) return null
  const more = rest.length - MOST_NAMED
  return (
    <section className={styles.rest} aria-label="Metrics without a panel">
      <p>
        {rest.length === 1 ? '1 more metric has' : `${rest.length} more metrics have`} no panel: constants and points in
        time, metrics without samples, and whatever is beyond the first panels. PromQL reads them all.
      </p>
      <p>
        {rest.slice(0, MOST_NAMED).map((name) => (
          <code key={name}>{name} </code>
        ))}
        {more > 0 && `and ${more} more`}
      </p>
    </section>
  )
}
