// Errors: the groups of exceptions, with the history of their rates, and the rest is left to the browser.
import type { Metadata } from 'next'
import { pageStart } from '@/server/web/page-start'
import { OWN_ROUTES } from '../_boards/own-traffic'
import { Errors } from '../_errors/errors'
import { requireAdmission } from '../admission'
import { nextPlace } from '../next-place'
import { NextShell } from '../next-shell'
import { errorsQuestion } from '../view-question'

export const metadata: Metadata = { title: 'Errors' }

export default async function ErrorsPage({ searchParams }: PageProps<'/dashboard/errors'>) {
  await requireAdmission()
  const query = await searchParams
  const start = await pageStart(await nextPlace(), (status) => errorsQuestion(query, status, OWN_ROUTES))
  return (
    <NextShell page="errors" start={start}>
      <Errors />
    </NextShell>
  )
}
