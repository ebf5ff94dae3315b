// Metrics: which of them stands in the URL, and the browser asks for them.
import type { Metadata } from 'next'
import { statusStart } from '@/server/web/page-start'
import { Metrics } from '../_metrics/metrics'
import { requireAdmission } from '../admission'
import { nextPlace } from '../next-place'
import { NextShell } from '../next-shell'

export const metadata: Metadata = { title: 'Metrics' }

export default async function MetricsPage() {
  await requireAdmission()
  return (
    <NextShell page="metrics" start={statusStart(await nextPlace())}>
      <Metrics />
    </NextShell>
  )
}
