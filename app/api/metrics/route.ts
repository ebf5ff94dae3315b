// GET /api/metrics: the same door as /metrics, where the routes of an API are.
import { answerScrape, refuseMethod } from '@/server/exposition/endpoint/answer-scrape'

export const dynamic = 'force-dynamic'

export const GET = answerScrape
export const HEAD = answerScrape
export const OPTIONS = refuseMethod
export const POST = refuseMethod
export const PUT = refuseMethod
export const PATCH = refuseMethod
export const DELETE = refuseMethod
