// This app's basePath of next.config.js. Next writes it into everything that it builds.

/** Empty, or a path such as `/shop`. */
export const BASE_PATH = process.env.__NEXT_ROUTER_BASEPATH ?? ''

/** Where its files for browsers lie, if not there: a URL or a path. */
export const ASSET_PREFIX = process.env.__NEXT_ASSET_PREFIX

/** Whether its paths have a slash at their end. */
export const TRAILING_SLASH = Boolean(process.env.__NEXT_TRAILING_SLASH)
