// With `trailingSlash`, Next redirects a path without a slash at its end to the one with it. Programs use fixed paths, and not
// all of them follow a redirect or post their body again: so both paths are answered here.
import type { Exchange } from '../http-channels'
import { onRequestStart } from '../http-channels'
import { guarded } from '../instrument/guarded'
import { FIRST_PAGE } from './guard-pages'

/** What a last segment with a dot is to Next: a file, which has no slash at its end. */
const DOORS = /^(?:\/api)?\/metrics$|^\/api\/trpc\/[^.]+$|^\/prometheus\/(?:.*\/)?[^/.]+$/

/** From now on, in this repository's app. `basePath` is empty or a path such as `/shop`. Gives a function that ends it. */
export function endWithSlash(basePath: string): () => void {
  const forms = new Set([`${FIRST_PAGE}/login`, `${FIRST_PAGE}/logout`])
  const add = guarded('endWithSlash', ({ request }: Exchange) => {
    const url = request.url ?? ''
    const [target = ''] = url.split('?', 1)
    if (!target.startsWith(basePath)) return
    const path = target.slice(basePath.length)
    if (DOORS.test(path) || forms.has(path)) request.url = `${target}/${url.slice(target.length)}`
  })
  return onRequestStart(add)
}
