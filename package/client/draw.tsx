// A page in a browser: drawn from the JSON that stands in the document, so that it begins with what the server knew.
import '../../app/globals.css'
import './fonts.css'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import type { PagePlace } from '@/server/web/page-start'
import { BrowserShell } from './browser-shell'
import { Failure } from './failure'

/** `show` is given what server/web/document.ts has written for this page. */
export function draw<Start extends PagePlace>(show: (start: Start) => ReactNode): void {
  const start: Start = JSON.parse(element('hearth-start').textContent ?? '')
  createRoot(element('hearth')).render(
    <Failure>
      <BrowserShell doors={start.doors} ownRoutes={start.ownRoutes}>
        {show(start)}
      </BrowserShell>
    </Failure>,
  )
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`Expected an element #${id} in the document, as server/web/document.ts writes it`)
  return found
}
