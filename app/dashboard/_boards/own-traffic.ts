// Hearth's own routes in this repository's app. The page hides them at first, so that watching does not change what is
// watched. For those of the package, which may be among the targets, see server/web/page-start.ts.

/**
 * A regular expression (RE2, anchored by PromQL) of the route templates that Hearth itself serves, and of static
 * assets, whose answers from disk would flatter every percentile.
 */
export const OWN_ROUTES = [
  '/dashboard(/.*)?',
  '/api/trpc/\\[trpc\\]',
  '/metrics',
  '/api/metrics',
  '/api/annotations',
  '/prometheus(/.*)?',
  '/icon\\.svg',
  '\\(hearth\\)',
  '/_next/\\*',
].join('|')
