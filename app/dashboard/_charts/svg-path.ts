// Curves as SVG paths. Coordinates in the box's own units, rounded to tenths; null is a gap, where the path breaks.

/** A point alone between two gaps becomes a dot: a path of no length, which a round line cap shows. */
export function toLinePath(xs: readonly number[], ys: readonly (number | null)[]): string {
  return runsOf(ys)
    .map(([from, to]) => {
      const steps = trace(xs, ys, from, to, 1)
      return to - from > 1 ? `M${steps.join('L')}` : `M${steps[0]}h0`
    })
    .join('')
}

/** What lies between two curves that have their gaps at the same places. */
export function toBandPath(
  xs: readonly number[],
  tops: readonly (number | null)[],
  bottoms: readonly (number | null)[],
): string {
  return runsOf(tops)
    .map(([from, to]) => `M${trace(xs, tops, from, to, 1).join('L')}L${trace(xs, bottoms, from, to, -1).join('L')}Z`)
    .join('')
}

/** A bar of that width for each value, from its bottom to its top. */
export function toBarsPath(
  xs: readonly number[],
  tops: readonly (number | null)[],
  bottoms: readonly (number | null)[],
  width: number,
): string {
  return tops
    .map((top, i) => {
      const left = round((xs[i] ?? 0) - width / 2)
      return top === null ? '' : `M${left} ${round(bottoms[i])}V${round(top)}h${round(width)}V${round(bottoms[i])}Z`
    })
    .join('')
}

/** The stretches without a gap: from the first index up to, without, the last. */
function runsOf(ys: readonly (number | null)[]): [from: number, to: number][] {
  const runs: [number, number][] = []
  let from = -1
  for (let i = 0; i <= ys.length; i++) {
    const isGap = i === ys.length || ys[i] === null
    if (!isGap && from < 0) from = i
    if (!isGap || from < 0) continue
    runs.push([from, i])
    from = -1
  }
  return runs
}

function trace(
  xs: readonly number[],
  ys: readonly (number | null)[],
  from: number,
  to: number,
  direction: 1 | -1,
): string[] {
  const steps: string[] = []
  for (let i = from; i < to; i++) {
    const at = direction === 1 ? i : from + to - 1 - i
    steps.push(`${round(xs[at])} ${round(ys[at])}`)
  }
  return steps
}

const round = (value: number | null | undefined) => Math.round((value ?? 0) * 10) / 10
