// POST /demo/api/orders?status=201: answers with the status that was asked for; a 201 is an order, and counted as one.
import { bounded } from '../../bounded'
import { demoOnly } from '../../demo-only'
import { orders, revenue } from '../../shop-metrics'

export async function POST(request: Request): Promise<Response> {
  await demoOnly()
  const status = bounded(request.url, 'status', 201, 200, 599)
  if (status === 201) {
    const currency = Math.random() < 0.7 ? 'EUR' : 'USD'
    orders.inc({ currency })
    revenue.inc({ currency }, 5 + Math.round(Math.random() * 9500) / 100)
  }
  const mayHaveBody = status !== 204 && status !== 205 && status !== 304
  return new Response(mayHaveBody ? JSON.stringify({ status }) : null, { status })
}
