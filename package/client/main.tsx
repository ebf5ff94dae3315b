// The dashboard in a browser: drawn from the JSON that stands in the document, so that it begins with its history.
import '../../app/globals.css'
import './fonts.css'
import { createRoot } from 'react-dom/client'
import { LiveProvider } from '@/app/dashboard/_live/live-provider'
import { Overview } from '@/app/dashboard/overview'
import type { PageStart } from '@/server/web/page-start'
import { BrowserShell } from './browser-shell'
import { Failure } from './failure'

const { doors, ownRoutes, live, status, exceptions }: PageStart = JSON.parse(element('hearth-start').textContent ?? '')

createRoot(element('hearth')).render(
  <Failure>
    <BrowserShell doors={doors} ownRoutes={ownRoutes}>
      <LiveProvider start={live}>
        <Overview status={status} exceptions={exceptions} />
      </LiveProvider>
    </BrowserShell>
  </Failure>,
)

function element(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (!found) throw new Error(`Expected an element #${id} in the document, as server/web/document.ts writes it`)
  return found
}
