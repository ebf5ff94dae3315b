// Whose metrics are listed: those of the target that the page is about, of all of a job, or of every target.
import type { FamiliesInput } from '@/server/trpc/inputs'
import type { Board, Panel } from '../_boards/panel'
import { toTargetMatchers } from '../_boards/target-matchers'
import type { Status } from '../_panels/use-status'
import type { Target } from '../_state/chosen-target'
import { EVERY_TARGET } from '../_state/chosen-target'

/** What the server is asked for, and the label matchers of the panels; `words` where it isn't the target of the bar. */
export type Scope = {
  asked: Pick<FamiliesInput, 'job' | 'instance' | 'every'>
  matchers: string
  words: string | undefined
}

/** `of` is the reader's choice. Without a `chosen` target, as with PROMETHEUS_URL, the page is about every target. */
export function toScope(of: string | undefined, chosen: Pick<Target, 'job' | 'instance'> | undefined): Scope {
  if (of === EVERY_TARGET) {
    return { asked: { every: true }, matchers: toTargetMatchers(undefined), words: 'every target' }
  }
  if (of !== undefined) return { asked: { job: of }, matchers: toTargetMatchers({ job: of }), words: `job ${of}` }
  const { job, instance } = chosen ?? {}
  return { asked: { job, instance }, matchers: toTargetMatchers(chosen), words: undefined }
}

/** The board, whose panels ask the scope wherever they stand, also where they are pinned and another target is chosen. */
export function withinScope(board: Board, { matchers, words }: Scope): Board {
  if (words === undefined) return board
  // A dollar sign in a job's name would begin a variable.
  const target = matchers.replaceAll('$', '\\x24')
  const within = (panel: Panel): Panel => ({
    ...panel,
    subtitle: panel.subtitle === '' ? words : `${panel.subtitle}, ${words}`,
    queries: panel.queries.map((query) => ({ ...query, expr: query.expr.replaceAll('$target', () => target) })),
  })
  return {
    ...board,
    places: board.places.map(({ span, panels: [first, ...others] }) => ({
      span,
      panels: [within(first), ...others.map(within)],
    })),
  }
}

export type ScopeChoice = { value: string; name: string }

/** What can be chosen: nothing where there is one target alone. `jobs` are those of an engine (PROMETHEUS_URL). */
export function toScopeChoices(
  { source, targets }: Pick<Status, 'source' | 'targets'>,
  jobs: readonly string[],
): readonly ScopeChoice[] {
  const byName = (job: string): ScopeChoice => ({ value: job, name: `Job ${job}` })
  if (source.kind === 'prometheus') {
    return jobs.length > 1 ? [{ value: '', name: 'Every target' }, ...jobs.map(byName)] : []
  }
  if (targets.length < 2) return []
  const all = targets.map(({ job }) => job)
  const shared = [...new Set(all.filter((job, i) => all.indexOf(job) !== i))]
  return [
    { value: '', name: 'This target' },
    { value: EVERY_TARGET, name: `Every target (${targets.length})` },
    ...shared.map(byName),
  ]
}
