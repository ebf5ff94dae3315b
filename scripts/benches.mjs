// What `npm run bench` can run: each program of bench/, what it measures, and its options with their defaults.

export const BENCHES = /** @type {const} */ ({
  'exposition.bench.ts': { about: 'rendering and parsing 1,000 to 100,000 lines', options: {} },
  'history.bench.ts': {
    about: 'the history on disk: CPU time, file size, a start with a full file',
    options: { series: 10_000, seconds: 3600, starts: 3 },
  },
  'instrument.bench.ts': { about: 'counting, beside bare prom-client', options: {} },
  'pages.bench.ts': {
    about: 'what each page of the dashboard sends, and its script time in Chromium',
    options: { rounds: 3, seconds: 10 },
  },
  'promql.bench.ts': {
    about: 'PromQL over HTTP, beside a real Prometheus with the same samples',
    options: { rounds: 5, sizes: '100,1000,10000', verbose: false },
  },
  'requests.bench.ts': { about: 'what measuring costs a request', options: { rounds: 15 } },
  'scrape.bench.ts': { about: 'how long a scrape of 100,000 lines delays other requests', options: {} },
  'storage.bench.ts': {
    about: 'bytes per sample, time to append and to read',
    options: { series: 10_000, seconds: 3600, rounds: 9, compared: 1000 },
  },
  'tick.bench.ts': {
    about: 'one tick: collect, append, evaluate the overview (--range and --minutes in minutes)',
    options: { ticks: 40, histories: 3, range: 5, minutes: 11 },
  },
  'viewers.bench.ts': {
    about: '1 to 1,000 viewers of the overview (--least, --most), and some that never read (--unread)',
    options: { least: 1, most: 1000, warm: 60, seconds: 20, range: 1, unread: 300 },
  },
  'workers.bench.ts': { about: 'adding up what 4 and 8 processes of an app have published', options: {} },
  'browser.soak.ts': {
    about: 'an open dashboard in Chromium: script per tick, growth of the heap. About 20 minutes',
    options: { minutes: 10, 'minutes-before': 9 },
  },
  'history.soak.ts': {
    about: 'whether anything grows while a full history is kept. Half an hour',
    options: { minutes: 30, series: 10_000, 'retention-minutes': 60 },
  },
  'host-app.soak.ts': {
    about: 'what the package costs a new Next app. Needs the tarball of npm run package, and the npm registry',
    options: { rounds: 3, starts: 5 },
  },
  'questions.soak.ts': {
    about:
      'hostile questions to the server. Some hours. --from: the place of the first question; --only: kinds with this word; --heap in MB; --collect and --patience in seconds',
    options: {
      questions: 10_000,
      seed: 1,
      from: 0,
      only: '',
      connections: 6,
      series: 18_000,
      heap: 256,
      collect: 30,
      patience: 60,
      minutes: 90,
      'no-idle': false,
      'no-prometheus': false,
    },
  },
})
