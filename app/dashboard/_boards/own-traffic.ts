// Which routes are Hearth's own in this repository's app. Watching must not change what is watched, so the page leaves
// them out at first. In the package they depend on where it stands: server/web/page-start.ts tells.

/**
 * A regular expression (RE2, anchored by PromQL) of the route templates that Hearth itself serves, and of static
 * assets, whose answers from disk would flatter every percentile.
 */
export const OWN_ROUTES = [
  '/dashboard(/.*)?',
  '/api/trpc/\\[trpc\\]',
  '/metrics',
  '/api/metrics',
  '/prometheus(/.*)?',
  '/icon\\.svg',
  '/_next/\\*',
].join('|')
