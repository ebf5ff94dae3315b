// GET /api/metrics: the same door as /metrics, where the routes of an API are.
import { answerScrape } from '@/server/exposition/answer-scrape'

export const dynamic = 'force-dynamic'

export const GET = answerScrape
