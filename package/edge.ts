// The twin of this package for the Edge runtime and for browsers: nothing is measured there.
import type { counter as Counter, gauge as Gauge, histogram as Histogram, summary as Summary } from './metrics'

export async function register(): Promise<void> {}

export async function onRequestError(): Promise<void> {}

const nothing = () => {}
const NO_METRIC = { inc: nothing, dec: nothing, set: nothing, observe: nothing }

export const counter: typeof Counter = () => NO_METRIC
export const gauge: typeof Gauge = () => NO_METRIC
export const histogram: typeof Histogram = () => NO_METRIC
export const summary: typeof Summary = () => NO_METRIC
