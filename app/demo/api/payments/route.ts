// GET /demo/api/payments: a handler that throws.
import { demoOnly } from '../../demo-only'

class PaymentDeclined extends Error {
  override name = 'PaymentDeclined'
}

export async function GET(): Promise<Response> {
  await demoOnly()
  throw new PaymentDeclined('The demo card was declined.')
}
