// A page in a browser: drawn from the JSON that stands in the document, so that it begins with what the server knew.
import '../../app/globals.css'
import './fonts.css'
import type { ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import type { LiveStart } from '@/app/dashboard/_live/live-provider'
import type { PageName } from '@/server/web/client-assets'
import type { PagePlace } from '@/server/web/page-start'
import { BrowserShell } from './browser-shell'
import { Failure } from './failure'

/** The document is one of this page, as server/web/document.ts has written it. */
export function draw(name: PageName, page: ReactNode): void {
  const start: PagePlace & LiveStart = JSON.parse(element('hearth-start').textContent ?? '')
  createRoot(element('hearth')).render(
    <Failure>
      <BrowserShell page={name} start={start}>
        {page}
      </BrowserShell>
    </Failure>,
  )
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`Expected an element #${id} in the document, as server/web/document.ts writes it`)
  return found
}
