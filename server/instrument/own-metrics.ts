// The metrics of the app around Hearth: declare them once, at the top level of any module, and count.
import { declareCounter, declareGauge, declareHistogram, declareSummary } from './declare'
import type { Definition, HistogramDefinition, SummaryDefinition } from './definition'
import { processRegistry } from './registry'

/**
 * Each throws for a wrong definition, at once and with a reason. The metrics themselves never throw, whatever they are
 * given: a negative increment or a NaN is left out, and the first one is logged. docs/own-metrics.md has examples.
 */
export const counter = <L extends string = never>(definition: Definition<L>) =>
  declareCounter(processRegistry(), definition)

export const gauge = <L extends string = never>(definition: Definition<L>) =>
  declareGauge(processRegistry(), definition)

/** Prefer it to a summary: it can be summed over routes and processes, and asked for any quantile later. */
export const histogram = <L extends string = never>(definition: HistogramDefinition<L>) =>
  declareHistogram(processRegistry(), definition)

export const summary = <L extends string = never>(definition: SummaryDefinition<L>) =>
  declareSummary(processRegistry(), definition)
