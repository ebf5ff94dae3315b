// What the demo's clients ask for, and how often: a shop on a good day, with some slow, failing and impatient parts.

/**
 * @typedef {object} DemoRequest
 * @property {string} path
 * @property {string} [method]
 * @property {number} [leaveAfterMs] when the client gives up and goes away
 */

/** @type {readonly { weight: number, request: () => DemoRequest }[]} */
const DEMO_REQUESTS = [
  { weight: 30, request: () => ({ path: '/' }) },
  { weight: 15, request: () => ({ path: `/demo/products/${anyId()}` }) },
  { weight: 25, request: () => ({ path: `/demo/api/orders/${anyId()}?ms=${longTailedMs(25)}` }) },
  {
    weight: 10,
    request: () => ({ path: `/demo/api/orders?status=${oneOf([201, 201, 201, 201, 409, 422])}`, method: 'POST' }),
  },
  { weight: 10, request: () => ({ path: `/demo/slow?ms=${longTailedMs(120)}` }) },
  // An old link: Next redirects it to the address without the slash.
  { weight: 4, request: () => ({ path: `/demo/products/${anyId()}/` }) },
  { weight: 3, request: () => ({ path: `/no/such/page/${anyId()}` }) },
  { weight: 2, request: () => ({ path: '/', method: 'HEAD' }) },
  { weight: 1, request: () => ({ path: '/demo/slow?ms=3000', leaveAfterMs: between(50, 1000) }) },
  { weight: 1, request: () => ({ path: '/demo/stream?events=20&ms=250' }) },
  {
    weight: 0.3,
    request: () => ({ path: '/demo/stream?events=40&ms=250', leaveAfterMs: between(1000, 4000) }),
  },
  { weight: 0.2, request: () => ({ path: '/demo/stream?events=4&ms=250&fail=1' }) },
  { weight: 0.7, request: () => ({ path: '/demo/api/payments' }) },
  { weight: 0.4, request: () => ({ path: '/demo/report' }) },
]

const TOTAL_WEIGHT = DEMO_REQUESTS.reduce((sum, { weight }) => sum + weight, 0)

/** @returns {DemoRequest} one of them, by weight */
export function anyRequest() {
  let place = Math.random() * TOTAL_WEIGHT
  const chosen = DEMO_REQUESTS.find(({ weight }) => {
    place -= weight
    return place < 0
  })
  return chosen?.request() ?? { path: '/' }
}

function anyId() {
  return between(1, 500)
}

/**
 * @param {number} least
 * @param {number} most
 * @returns {number} a whole number
 */
function between(least, most) {
  return least + Math.floor(Math.random() * (most - least + 1))
}

/**
 * Log-normal: half of the answers are faster than the median, one in a hundred takes nine times as long.
 * @param {number} medianMs
 */
function longTailedMs(medianMs) {
  const normal = Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random())
  return Math.round(Math.min(medianMs * Math.exp(0.95 * normal), 8000))
}

/**
 * @template T
 * @param {readonly T[]} values
 */
function oneOf(values) {
  return values[Math.floor(Math.random() * values.length)]
}
