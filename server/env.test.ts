import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseEnv as parseDotenv } from 'node:util'
import { afterAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { env, parseEnv, readEnv } from './env'
import { heapLimitBytes } from './heap-limit'

describe('parseEnv', () => {
  it('has a default for every variable', () => {
    expect(parseEnv({})).toEqual({
      scrapeIntervalMs: 1000,
      retentionMs: 3_600_000,
      seriesLimit: 20_000,
      labelLimit: 64,
      labelNameLengthLimit: 1_024,
      labelValueLengthLimit: 2_048,
      seriesMemoryBytes: Math.max(4, Math.floor((heapLimitBytes() / 1024 ** 2 - 96) / 3)) * 1024 ** 2,
      seriesLimitPerMetric: 2_000,
      latencyBucketsSeconds: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      queryMaxSamples: 20_000_000,
      features: { experimentalFunctions: false, extendedRangeSelectors: false, fillModifiers: false },
      liveStreams: 500,
      queryTimeoutMs: 30_000,
      queryMemoryBytes: Math.floor(heapLimitBytes() / 8 / 1024 ** 2) * 1024 ** 2,
      deployVersion: undefined,
      port: 3000,
      demoRoutes: false,
      processTimeHeader: false,
      errorDetails: true,
      prometheusUrl: undefined,
      prometheusHeaders: {},
      remoteWriteUrl: undefined,
      remoteWriteHeaders: {},
      traceUrlTemplate: undefined,
      scrapeTargets: { fixed: [], searched: [] },
      boards: undefined,
      dataDir: '.hearth',
      dataLimitBytes: 1024 ** 3,
      flushIntervalMs: 5000,
      token: undefined,
      metricsToken: undefined,
      origins: new Set(),
      wrongTokens: new Set(),
      job: 'hearth',
      instance: undefined,
      ownHost: '127.0.0.1',
      ownPort: 'unset',
    })
  })

  it('reads every variable', () => {
    const source = {
      SCRAPE_INTERVAL: '250ms',
      RETENTION: '1h30m',
      SERIES_LIMIT: '500',
      LABEL_LIMIT: '30',
      LABEL_NAME_LENGTH_LIMIT: '100',
      LABEL_VALUE_LENGTH_LIMIT: '200',
      SERIES_MEMORY: '12MB',
      SERIES_LIMIT_PER_METRIC: '50',
      LATENCY_BUCKETS: '0.1, 1, 10',
      QUERY_MAX_SAMPLES: '5000',
      ENABLE_FEATURES: 'promql-experimental-functions, exemplar-storage',
      LIVE_STREAMS: '1000',
      QUERY_TIMEOUT: '1m',
      QUERY_MEMORY: '64MB',
      DEPLOY_VERSION: ' 1f2e3d4 ',
      PORT: '8080',
      DEMO_ROUTES: '1',
      PROCESS_TIME_HEADER: '1',
      ERROR_DETAILS: 'off',
      PROMETHEUS_URL: 'https://metrics.example/prometheus/',
      PROMETHEUS_HEADERS: 'X-Scope-OrgID: shop',
      REMOTE_WRITE_URL: 'https://metrics.example/api/v1/write',
      REMOTE_WRITE_HEADERS: 'X-Scope-OrgID: shop',
      TRACE_URL_TEMPLATE: ' https://tempo.example/trace/{trace_id}?span={span_id}',
      SCRAPE_TARGETS: 'orders=http://10.0.0.7:8000/metrics',
      BOARDS: '/etc/boards',
      DATA_DIR: '/var/lib/hearth',
      DATA_LIMIT: '64MB',
      FLUSH_INTERVAL: '30s',
      HEARTH_TOKEN: 'a-secret',
      METRICS_TOKEN: 'another-secret',
      HEARTH_ORIGINS: 'https://grafana.example, http://10.0.0.7:3001',
      HEARTH_JOB: 'shop',
      HEARTH_INSTANCE: 'shop-7',
      HEARTH_HOST: '::1',
      HEARTH_PORT: '9500',
    }
    expect(parseEnv(source)).toEqual({
      scrapeIntervalMs: 250,
      retentionMs: 5_400_000,
      seriesLimit: 500,
      labelLimit: 30,
      labelNameLengthLimit: 100,
      labelValueLengthLimit: 200,
      seriesMemoryBytes: 12 * 1024 ** 2,
      seriesLimitPerMetric: 50,
      latencyBucketsSeconds: [0.1, 1, 10],
      queryMaxSamples: 5_000,
      features: { experimentalFunctions: true, extendedRangeSelectors: false, fillModifiers: false },
      liveStreams: 1_000,
      queryTimeoutMs: 60_000,
      queryMemoryBytes: 64 * 1024 ** 2,
      deployVersion: '1f2e3d4',
      port: 8080,
      demoRoutes: true,
      processTimeHeader: true,
      errorDetails: false,
      prometheusUrl: 'https://metrics.example/prometheus',
      prometheusHeaders: { 'x-scope-orgid': 'shop' },
      remoteWriteUrl: 'https://metrics.example/api/v1/write',
      remoteWriteHeaders: { 'x-scope-orgid': 'shop' },
      traceUrlTemplate: 'https://tempo.example/trace/{trace_id}?span={span_id}',
      scrapeTargets: {
        fixed: [
          {
            job: 'orders',
            instance: '10.0.0.7:8000',
            url: 'http://10.0.0.7:8000/metrics',
            authorization: undefined,
          },
        ],
        searched: [],
      },
      boards: '/etc/boards',
      dataDir: '/var/lib/hearth',
      dataLimitBytes: 64 * 1024 ** 2,
      flushIntervalMs: 30_000,
      token: 'a-secret',
      metricsToken: 'another-secret',
      origins: new Set(['https://grafana.example', 'http://10.0.0.7:3001']),
      wrongTokens: new Set(),
      job: 'shop',
      instance: 'shop-7',
      ownHost: '::1',
      ownPort: 9500,
    })
  })

  it('takes an empty variable as unset and ignores those of others', () => {
    expect(parseEnv({ PORT: '', PROMETHEUS_URL: '', HOME: '/root' })).toEqual(parseEnv({}))
  })

  it('takes an empty HEARTH_PORT for the wish to have no port of its own', () => {
    expect(parseEnv({ HEARTH_PORT: '' }).ownPort).toBeUndefined()
  })

  it.each([
    { HEARTH_PORT: '65536' },
    { HEARTH_PORT: 'off' },
    { HEARTH_HOST: 'http://localhost' },
    { HEARTH_ORIGINS: 'grafana.example' },
    { HEARTH_ORIGINS: 'https://grafana.example/path' },
    { HEARTH_ORIGINS: '*' },
  ])('refuses %j', (source) => {
    expect(() => parseEnv(source)).toThrow(`${Object.keys(source)[0]}: expected `)
  })

  it('takes an empty DATA_DIR for the wish to have nothing on disk', () => {
    expect(parseEnv({ DATA_DIR: '' }).dataDir).toBeUndefined()
  })

  it.each([
    [{ DATA_LIMIT: '1' }, 'DATA_LIMIT: expected a size from 16MB to 1TB, such as 1GB, got "1"'],
    [{ DATA_LIMIT: '15MB' }, 'DATA_LIMIT: expected a size from 16MB to 1TB, such as 1GB, got "15MB"'],
    [{ FLUSH_INTERVAL: '999ms' }, 'FLUSH_INTERVAL: expected a duration from 1s to 1m, such as 5s, got "999ms"'],
    [{ SCRAPE_INTERVAL: '5' }, 'SCRAPE_INTERVAL: expected a duration from 100ms to 1h, such as 1s, got "5"'],
    [{ SCRAPE_INTERVAL: '99ms' }, 'SCRAPE_INTERVAL: expected a duration from 100ms to 1h, such as 1s, got "99ms"'],
    [{ SCRAPE_INTERVAL: '2h' }, 'SCRAPE_INTERVAL: expected a duration from 100ms to 1h, such as 1s, got "2h"'],
    [{ RETENTION: '59s' }, 'RETENTION: expected a duration from 1m to 1y, such as 1h, got "59s"'],
    [{ SCRAPE_INTERVAL: '1h' }, 'RETENTION: expected more than SCRAPE_INTERVAL, which is 1h, got 1h'],
    [{ SERIES_LIMIT: '0' }, 'SERIES_LIMIT: expected a whole number from 1 to 10000000, got "0"'],
    [{ SERIES_LIMIT: '1e3' }, 'SERIES_LIMIT: expected a whole number from 1 to 10000000, got "1e3"'],
    [{ SERIES_MEMORY: '512KB' }, 'SERIES_MEMORY: expected a size from 1MB to 1TB, such as '],
    [{ LATENCY_BUCKETS: '1,0.5' }, 'LATENCY_BUCKETS: expected positive seconds in ascending order'],
    [{ LATENCY_BUCKETS: '1,1' }, 'LATENCY_BUCKETS: expected positive seconds in ascending order'],
    [{ LATENCY_BUCKETS: '0,1' }, 'LATENCY_BUCKETS: expected positive seconds in ascending order'],
    [{ LATENCY_BUCKETS: '1,,2' }, 'LATENCY_BUCKETS: expected positive seconds in ascending order'],
    [{ LATENCY_BUCKETS: '1,Infinity' }, 'LATENCY_BUCKETS: expected positive seconds in ascending order'],
    [{ PORT: '65536' }, 'PORT: expected a whole number from 0 to 65535, got "65536"'],
    [{ PORT: '-1' }, 'PORT: expected a whole number from 0 to 65535, got "-1"'],
    [
      { ENABLE_FEATURES: 'promql-experimental-functions,native-histograms' },
      'ENABLE_FEATURES: expected names out of promql-experimental-functions, promql-extended-range-selectors, promql-binop-fill-modifiers, exemplar-storage, promql-duration-expr, separated by commas, got "promql-experimental-functions,native-histograms"',
    ],
    [{ DEMO_ROUTES: 'true' }, 'DEMO_ROUTES: expected 0 or 1, got "true"'],
    [
      { TRACE_URL_TEMPLATE: 'javascript:open({trace_id})' },
      'TRACE_URL_TEMPLATE: expected an http or https URL with {trace_id} in it, got "javascript:open({trace_id})"',
    ],
    [
      { TRACE_URL_TEMPLATE: 'https://tempo.example/trace' },
      'TRACE_URL_TEMPLATE: expected an http or https URL with {trace_id} in it, got "https://tempo.example/trace"',
    ],
    [
      { TRACE_URL_TEMPLATE: 'tempo.example/{trace_id}' },
      'TRACE_URL_TEMPLATE: expected an http or https URL with {trace_id} in it, got "tempo.example/{trace_id}"',
    ],
    [{ PROMETHEUS_URL: 'localhost:9090' }, 'PROMETHEUS_URL: expected an http or https URL, got "localhost:9090"'],
    [{ PROMETHEUS_URL: 'prometheus' }, 'PROMETHEUS_URL: expected an http or https URL, got "prometheus"'],
    [
      { PROMETHEUS_URL: 'ftp://ann:secret@prometheus' },
      'PROMETHEUS_URL: expected an http or https URL, got "ftp://***@prometheus"',
    ],
    [
      { SCRAPE_TARGETS: 'http://a:8000/metrics,ann:secret@b' },
      'SCRAPE_TARGETS: expected URLs that begin with http, https, dns+http or dns+https, or file:*.json, each with or without job= before it, separated by commas, got "http://***@b"',
    ],
  ])('refuses %j', (source, message) => {
    expect(() => parseEnv(source)).toThrow(`Wrong environment variables:\n  ${message}`)
  })

  it('lists every wrong variable in one error', () => {
    const source = { SCRAPE_INTERVAL: '2m', RETENTION: '1m', PORT: 'x', DEMO_ROUTES: '2' }
    expect(() => parseEnv(source)).toThrow(
      [
        'Wrong environment variables:',
        '  RETENTION: expected more than SCRAPE_INTERVAL, which is 2m, got 1m',
        '  PORT: expected a whole number from 0 to 65535, got "x"',
        '  DEMO_ROUTES: expected 0 or 1, got "2"',
      ].join('\n'),
    )
  })
})

describe('METRICS_TOKEN_FILE', () => {
  const folder = mkdtempSync(join(tmpdir(), 'token-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  const fileWith = (content: string) => {
    const path = join(folder, 'token')
    writeFileSync(path, content)
    return path
  }

  it.each(['s3cret', 's3cret\n', 's3cret\r\n'])('holds the token: %j', (content) => {
    expect(parseEnv({ METRICS_TOKEN_FILE: fileWith(content) }).metricsToken).toBe('s3cret')
  })

  it.each([
    ['is empty', () => fileWith('\n'), 'expected a file with a token, got "%s", which is empty'],
    [
      'holds something else',
      () => fileWith('s3cret and more\n'),
      'expected a file with visible ASCII characters without spaces, got "%s", which has others',
    ],
    ['is missing', () => join(folder, 'none'), 'expected a file that can be read, got "%s" (ENOENT)'],
    ['is a folder', () => folder, 'expected a file that can be read, got "%s" (EISDIR)'],
  ])('is refused where it %s, without a word of its content', (_, path, message) => {
    const source = { METRICS_TOKEN_FILE: path(), PORT: 'x' }
    const expected = message.replace('%s', source.METRICS_TOKEN_FILE)
    expect(() => parseEnv(source)).toThrow(
      `Wrong environment variables:\n  PORT: expected a whole number from 0 to 65535, got "x"\n  METRICS_TOKEN_FILE: ${expected}`,
    )
  })

  it('is refused beside METRICS_TOKEN', () => {
    const source = { METRICS_TOKEN: 's3cret', METRICS_TOKEN_FILE: fileWith('s3cret') }
    expect(() => parseEnv(source)).toThrow('METRICS_TOKEN_FILE: expected METRICS_TOKEN or METRICS_TOKEN_FILE, got both')
  })
})

describe('a token', () => {
  it.each(['HEARTH_TOKEN', 'HEARTH_TOKEN_FILE', 'METRICS_TOKEN', 'METRICS_TOKEN_FILE'])(
    'is refused where it is empty, and does not open what was to be closed: %s',
    (name) => {
      const expected = name.endsWith('_FILE') ? 'a file with a token' : 'a token'
      expect(() => parseEnv({ [name]: '' })).toThrow(
        `\n  ${name}: expected ${expected}, or the variable unset where none is wanted, got an empty one`,
      )
    },
  )

  it.each(['s3 cret', 's3cret\n', 'geheimnisträger', '\u0000'])('is refused and not shown: %j', (token) => {
    const attempt = () => parseEnv({ METRICS_TOKEN: token })
    expect(attempt).toThrow('METRICS_TOKEN: expected visible ASCII characters without spaces, got something else')
    expect(attempt).not.toThrow(token)
  })
})

describe('in an app with the package', () => {
  beforeEach(() => void vi.stubGlobal('IN_PACKAGE', true))

  it('reads every variable with the prefix, and no other of the app', () => {
    const theirs = { QUERY_TIMEOUT: '5000', DATA_DIR: '/var/shop', METRICS_TOKEN: '', RETENTION: 'for ever', JOB: 'x' }
    const ours = {
      HEARTH_QUERY_TIMEOUT: '1m',
      HEARTH_DATA_DIR: '/var/hearth',
      HEARTH_METRICS_TOKEN: 's',
      HEARTH_PORT: '1',
    }
    expect(readEnv(theirs)).toEqual(readEnv({}))
    const { env, wrong } = readEnv({ ...theirs, ...ours })
    expect(env).toMatchObject({ queryTimeoutMs: 60_000, dataDir: '/var/hearth', metricsToken: 's', ownPort: 1 })
    expect(wrong).toEqual([])
  })

  it.each<[Record<string, string>, string]>([
    [
      { HEARTH_QUERY_TIMEOUT: '5000' },
      'the variable HEARTH_QUERY_TIMEOUT is wrong, so its default is used: expected a duration from 1s to 10m, such as 30s, got "5000".',
    ],
    [
      { HEARTH_SCRAPE_INTERVAL: '1h' },
      'the variable HEARTH_SCRAPE_INTERVAL is wrong, so its default is used: expected less than HEARTH_RETENTION.',
    ],
    [
      { HEARTH_HOST: 'http://0.0.0.0' },
      'the variable HEARTH_HOST is wrong, so its default is used: expected an address or a name of this machine, got "http://0.0.0.0".',
    ],
    [
      { HEARTH_JOB: 'my shop' },
      'the variable HEARTH_JOB is wrong, so its default is used: expected a word of at most 64 letters, digits and any of _-.:, got "my shop".',
    ],
  ])('says in one sentence what is wrong, and takes the default: %j', (source, sentence) => {
    expect(readEnv(source)).toEqual({ env: parseEnv({}), wrong: [sentence] })
  })

  it('takes what is right beside what is wrong, and says each once', () => {
    const source = {
      HEARTH_SERIES_LIMIT: '500',
      HEARTH_LIVE_STREAMS: '0',
      HEARTH_RETENTION: 'long',
      HEARTH_SCRAPE_INTERVAL: '1h',
    }
    const { env, wrong } = readEnv(source)
    expect(env).toEqual(parseEnv({ HEARTH_SERIES_LIMIT: '500' }))
    expect(wrong.map((sentence) => /HEARTH_\w+/.exec(sentence)?.[0])).toEqual([
      'HEARTH_RETENTION',
      'HEARTH_LIVE_STREAMS',
      'HEARTH_SCRAPE_INTERVAL',
    ])
  })

  it('leaves a PORT that is none to the app', () => {
    expect(readEnv({ PORT: '/tmp/shop.sock' })).toEqual({ env: parseEnv({}), wrong: [] })
  })

  it.each<[Record<string, string>, object]>([
    [{ HEARTH_TOKEN: '' }, { wrongTokens: new Set(['HEARTH_TOKEN']) }],
    [{ HEARTH_TOKEN: 'two words' }, { wrongTokens: new Set(['HEARTH_TOKEN']) }],
    [{ HEARTH_TOKEN_FILE: '/no/such/file' }, { wrongTokens: new Set(['HEARTH_TOKEN_FILE']) }],
    [{ HEARTH_TOKEN: 'a', HEARTH_TOKEN_FILE: '/no/such/file' }, { wrongTokens: new Set(['HEARTH_TOKEN_FILE']) }],
    [{ HEARTH_METRICS_TOKEN: '' }, { wrongTokens: new Set(['HEARTH_METRICS_TOKEN']) }],
    [
      { HEARTH_TOKEN: 'a', HEARTH_METRICS_TOKEN: '' },
      { token: 'a', wrongTokens: new Set(['HEARTH_METRICS_TOKEN']) },
    ],
  ])('knows no token in the place of a wrong one, and that there was to be one: %j', (source, expected) => {
    const { env, wrong } = readEnv(source)
    expect(env).toEqual({ ...parseEnv({}), ...expected })
    expect(wrong).toEqual([expect.stringMatching(/^the variable HEARTH_\w+ is wrong, so no token opens what it/)])
  })

  it('never throws, whatever is in a variable', () => {
    const names = Object.keys(parseDotenv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')))
    const all = names.map((name) => [name.startsWith('HEARTH_') ? name : `HEARTH_${name}`, 'all wrong\0'])
    const { env, wrong } = readEnv(Object.fromEntries(all))
    expect(env).toEqual(parseEnv({}))
    expect(wrong.length).toBeGreaterThan(20)
  })
})

describe('env', () => {
  it('is parsed once per process', () => {
    expect(env()).toBe(env())
  })
})

/** Why the variables are refused; empty where they are not. */
function messageOf(source: Parameters<typeof parseEnv>[0]): string {
  try {
    parseEnv(source)
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('.env.example', () => {
  const example = readFileSync(new URL('../.env.example', import.meta.url), 'utf8')
  // What has no default stands behind a #.
  const shown = Object.keys(parseDotenv(example.replaceAll(/^#(?=[A-Z_]+=)/gm, '')))

  it('shows every variable with its default', () => {
    expect(parseEnv({ ...parseDotenv(example) })).toEqual(parseEnv({}))
    for (const name of shown) expect(() => parseEnv({ [name]: 'all wrong\0' }), name).toThrow(`\n  ${name}: `)
    const known = shown.filter((name) => !/_(?:TOKEN|HEADERS)_FILE$/.test(name))
    expect(known, 'a file says the same as a variable').toHaveLength(Object.keys(parseEnv({})).length - 1)
  })

  it('has no variable whose message suggests what would be wrong as well', () => {
    const examples = shown.map((name) => [name, /such as (\S+), got/.exec(messageOf({ [name]: 'all wrong\0' }))?.[1]])
    const suggested = examples.filter(([, text]) => text !== undefined)
    expect(suggested.length).toBeGreaterThan(5)
    for (const [name = '', text] of suggested) expect(messageOf({ [name]: text }), name).toBe('')
  })
})
