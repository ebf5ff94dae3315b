// Metrics of an app's own: `import { counter } from 'hearth-metrics/metrics'`.
export { counter, gauge, histogram, summary } from '@/server/instrument/own-metrics'
