// GET /metrics: the exposition, where Prometheus looks for it by default.
import { answerScrape } from '@/server/exposition/answer-scrape'

export const dynamic = 'force-dynamic'

export const GET = answerScrape
