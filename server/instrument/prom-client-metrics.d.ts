// prom-client's default metrics, each by itself: it declares types for all of them together only.
declare module 'prom-client/lib/metrics/*' {
  const declare: (registry: import('./registry').OurRegistry) => void
  export = declare
}
