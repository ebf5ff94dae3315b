// Prometheus HTTP API: query_range.
import { answerQueryRange } from '@/server/query/prometheus-api'

export const dynamic = 'force-dynamic'

export { answerQueryRange as GET, answerQueryRange as POST }
