// GET /metrics: the exposition, where Prometheus looks for it by default.
import { answerScrape, refuseMethod } from '@/server/exposition/endpoint/answer-scrape'

export const dynamic = 'force-dynamic'

export const GET = answerScrape
export const HEAD = answerScrape
export const OPTIONS = refuseMethod
export const POST = refuseMethod
export const PUT = refuseMethod
export const PATCH = refuseMethod
export const DELETE = refuseMethod
