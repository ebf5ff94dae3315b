// The value axis: round ticks, few of them, and the same until the values outgrow it.

export type ValueAxis = { domain: [bottom: number, top: number]; ticks: number[] }

const INTERVALS = 4
const ROUND = [1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 7.5, 10]

/** From 0 to a round number at or above `max`, in four equal steps. Without anything above 0 the top is 1. */
export function toAxisFromZero(max: number): ValueAxis {
  const step = toRoundStep((max > 0 ? max : 1) / INTERVALS)
  return toAxis(0, step)
}

/** From a round number at or below `min` to one at or above `max`: for what counts up from a large number. */
export function toFittedAxis(min: number, max: number): ValueAxis {
  if (!(max >= min)) return toAxisFromZero(0)
  let step = Math.max(1, toRoundStep((max - min) / INTERVALS))
  while (Math.floor(min / step) * step + INTERVALS * step < max) step = toRoundStep(step * 1.01)
  return toAxis(Math.floor(min / step) * step, step)
}

function toAxis(bottom: number, step: number): ValueAxis {
  // Decimal steps such as 0.075 don't add up exactly: each tick is made by one multiplication and rounded.
  const ticks = Array.from({ length: INTERVALS + 1 }, (_, i) => Number((bottom + i * step).toPrecision(12)))
  return { domain: [bottom, ticks[INTERVALS] ?? bottom], ticks }
}

function toRoundStep(atLeast: number): number {
  const power = 10 ** Math.floor(Math.log10(atLeast))
  const round = ROUND.find((candidate) => candidate * power >= atLeast * (1 - 1e-9)) ?? 10
  return Number((round * power).toPrecision(12))
}
