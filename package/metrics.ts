// Metrics of one's own: declared once, at the top level of any module, and counted anywhere in the process.
export { mergeRegistry } from '@/server/instrument/merge-registry'
export { counter, gauge, histogram, summary } from '@/server/instrument/own-metrics'
