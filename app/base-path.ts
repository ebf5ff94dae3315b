// Where this app lies: `basePath` of next.config.js, which Next writes into everything that it builds.

/** Empty, or a path such as `/shop`. */
export const BASE_PATH = process.env.__NEXT_ROUTER_BASEPATH ?? ''
