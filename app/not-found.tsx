// What a person sees at an address that doesn't exist.
import type { Metadata } from 'next'
import { MessagePage } from './message-page'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return <MessagePage title="Page not found" text="This app has no page at this address." />
}
