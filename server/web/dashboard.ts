// The dashboard as the one handler (web.ts) wants it: its pages, and the files that they name.
import { answerAsset } from './assets'
import type { QuestionOf } from './document'
import { dashboardDocument } from './document'
import type { WebOptions } from './web'

/** `questionOf` says what a page asks: the boards are the dashboard's, of which nothing in server/ knows. */
export function createDashboard(questionOf: QuestionOf): Required<Pick<WebOptions, 'page' | 'asset'>> {
  return {
    page: (path, request, base) =>
      path === '/' ? dashboardDocument(base, new URL(request.url), questionOf) : undefined,
    asset: (name, request) => answerAsset(request, name),
  }
}
