'use client'
// What a person sees when the page itself throws: the error's message and a way to try again.
import { MessagePage } from '../message-page'

export default function DashboardError({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <MessagePage
      title="This page failed"
      text={error instanceof Error ? error.message : 'Something that is not an Error was thrown.'}
    >
      <button type="button" onClick={retry}>
        Try again
      </button>
    </MessagePage>
  )
}
