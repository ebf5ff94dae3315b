// Prometheus HTTP API: query.
import { answerQuery } from '@/server/query/prometheus-api'

export const dynamic = 'force-dynamic'

export { answerQuery as GET, answerQuery as POST }
