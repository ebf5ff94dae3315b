// GET /demo/report: a page that throws.
import { demoOnly } from '../demo-only'

class ReportUnavailable extends Error {
  override name = 'ReportUnavailable'
}

export default async function ReportPage() {
  await demoOnly()
  throw new ReportUnavailable('The demo report cannot be made.')
}
