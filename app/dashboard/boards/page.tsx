// Boards of one's own: which of them stands in the URL, and the browser asks for it.
import type { Metadata } from 'next'
import { statusStart } from '@/server/web/page-start'
import { Boards } from '../_own/boards'
import { requireAdmission } from '../admission'
import { nextPlace } from '../next-place'
import { NextShell } from '../next-shell'

export const metadata: Metadata = { title: 'Boards' }

export default async function BoardsPage() {
  await requireAdmission()
  return (
    <NextShell page="boards" start={statusStart(await nextPlace())}>
      <Boards />
    </NextShell>
  )
}
