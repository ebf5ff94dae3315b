// Metrics of one's own: declared once, at the top level of any module, and counted anywhere in the process.
export { mergeRegistry } from '@/server/instrument/merged-registries'
export { counter, gauge, histogram, summary } from '@/server/instrument/own-metrics'
