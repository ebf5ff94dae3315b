// GET /demo/api/payments: a handler that throws.
import { demoOnly } from '../../demo-only'

class PaymentDeclined extends Error {
  override name = 'PaymentDeclined'
}

export function GET(): Response {
  demoOnly()
  throw new PaymentDeclined('The demo card was declined.')
}
