// What a person sees at an address that doesn't exist.
import type { Metadata } from 'next'
import { MessagePage } from './message-page'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return <MessagePage title="Nothing here" text="No page of this app has this address." />
}
