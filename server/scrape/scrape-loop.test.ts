import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Family, Labels, Sample, Snapshot } from '../exposition/snapshot'
import { CollectFailure } from './collect-failure'
import { createScrapeLoop } from './scrape-loop'
import { scrapeOffsetMs } from './scrape-offset'
import type { Sink, Target } from './target'

beforeEach(() => {
  vi.useFakeTimers({ now: 9500 })
  vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.spyOn(console, 'warn').mockImplementation(() => {})
})

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const sample = (name: string, value: number, rest: Partial<Sample> = {}): Sample => ({
  name,
  value,
  labels: {},
  ...rest,
})

function snapshotOf(...samples: Sample[]): Snapshot {
  return { takenAtMs: Date.now(), families: [{ name: 'f', type: 'gauge', help: '', unit: '', samples }] }
}

function target(collect: Target['collect'], instance = 'localhost:3000', timeoutMs = 10_000): Target {
  return { job: 'hearth', instance, url: `http://${instance}/metrics`, timeoutMs, collect }
}

/** Records what is written, in lines such as `10000 up 1` and `11000 a stale`. */
function recordingSink() {
  const lines: string[] = []
  const objects: Labels[] = []
  const show = ({ __name__, job, instance, ...others }: Labels) => {
    const where = instance === 'localhost:3000' ? '' : ` at ${instance}`
    return `${__name__}${Object.keys(others).length > 0 ? JSON.stringify(others) : ''}${where}`
  }
  return {
    lines,
    objects,
    /** What was written about the targets' own samples, without the report on the scrapes. */
    samples: () => lines.filter((line) => !/ (up|scrape_\w+)( |$)/.test(line)),
    append: (labels: Labels, timestampMs: number, value: number) => {
      objects.push(labels)
      return lines.push(`${timestampMs} ${show(labels)} ${value}`) > 0
    },
    markStale: (labels: Labels, timestampMs: number) => lines.push(`${timestampMs} ${show(labels)} stale`) > 0,
    refuseAhead: vi.fn(),
  }
}

/** A loop with this process only, whose snapshots are handed over as the scrapes ask for them. */
function startLoop(collect: Target['collect'], timeoutMs?: number) {
  const sink = recordingSink()
  const ticks: number[] = []
  const loop = createScrapeLoop({ intervalMs: 1000, thisProcess: target(collect, undefined, timeoutMs), sink })
  loop.onTick((atMs) => ticks.push(atMs))
  loop.start()
  return { loop, sink, ticks }
}

const seconds = (count: number) => vi.advanceTimersByTimeAsync(count * 1000)

describe('a scrape', () => {
  it('is written with the nominal instant, the target and a report', async () => {
    const { sink } = startLoop(async () => {
      await vi.advanceTimersByTimeAsync(200)
      return snapshotOf(sample('a', 5, { labels: { status: '200' } }), sample('b', Number.NaN))
    })
    await seconds(0.5)
    expect(sink.lines).toEqual([
      '10000 up 1',
      '10000 scrape_duration_seconds 0.2',
      '10000 scrape_samples_scraped 2',
      '10000 scrape_samples_post_metric_relabeling 2',
      '10000 scrape_series_added 2',
      '10000 a{"status":"200"} 5',
      '10000 b NaN',
    ])
    expect(sink.objects[5]).toEqual({ __name__: 'a', status: '200', job: 'hearth', instance: 'localhost:3000' })
  })

  it('hands over the same label objects every time', async () => {
    const { sink } = startLoop(async () => snapshotOf(sample('a', 1), sample('b', 1)))
    await seconds(2)
    expect(sink.objects).toHaveLength(14)
    for (const i of [0, 1, 2, 3, 4, 5, 6]) expect(sink.objects[i + 7]).toBe(sink.objects[i])
  })

  it('marks what is gone, once', async () => {
    const snapshots = [snapshotOf(sample('a', 1), sample('b', 1)), snapshotOf(sample('a', 2))]
    const { sink } = startLoop(async () => snapshots.shift() ?? snapshotOf(sample('a', 3)))
    await seconds(3)
    expect(sink.samples()).toEqual(['10000 a 1', '10000 b 1', '11000 a 2', '11000 b stale', '12000 a 3'])
  })

  it('that fails marks everything stale and says that the target is down', async () => {
    const answers = [true, false, false, true]
    const { sink, loop } = startLoop(async () => {
      if (!answers.shift()) throw new Error('no route to host')
      return snapshotOf(sample('a', 1))
    })
    await seconds(3)
    expect(sink.lines.filter((line) => !line.includes('duration'))).toEqual([
      '10000 up 1',
      '10000 scrape_samples_scraped 1',
      '10000 scrape_samples_post_metric_relabeling 1',
      '10000 scrape_series_added 1',
      '10000 a 1',
      '11000 up 0',
      '11000 scrape_samples_scraped 0',
      '11000 scrape_samples_post_metric_relabeling 0',
      '11000 scrape_series_added 0',
      '11000 a stale',
      '12000 up 0',
      '12000 scrape_samples_scraped 0',
      '12000 scrape_samples_post_metric_relabeling 0',
      '12000 scrape_series_added 0',
    ])
    expect(loop.targets()).toEqual([
      {
        job: 'hearth',
        labels: {},
        instance: 'localhost:3000',
        url: 'http://localhost:3000/metrics',
        timeoutMs: 10_000,
        up: false,
        lastScrapeMs: 12_000,
        lastUpMs: 10_000,
        lastDurationSeconds: 0,
        lastError: 'no route to host',
        samples: 0,
      },
    ])
    expect(console.error).toHaveBeenCalledTimes(1)
    await seconds(1)
    expect(loop.targets()).toMatchObject([
      { up: true, lastUpMs: 13_000, lastScrapeMs: 13_000, lastError: undefined, samples: 1 },
    ])
    expect(loop.newestSnapshot()?.takenAtMs).toBe(13_000)
  })

  it('that fails on the way says what was read before, and stores nothing of it', async () => {
    const families = (...samples: Sample[]) => snapshotOf(...samples).families
    const before = { samples: 3, kept: 2, families: families(sample('a', 1), sample('b', 1)) }
    const failing = () => Promise.reject(new CollectFailure('line 4: expected a value', before))
    const answers = [failing, failing, async () => snapshotOf(sample('a', 1), sample('c', 1))]
    const { sink } = startLoop(() => answers.shift()?.() ?? failing())
    await seconds(4)
    const reported = (name: string) =>
      sink.lines.filter((line) => line.includes(name)).map((line) => line.split(' ')[2])
    expect(reported('up')).toEqual(['0', '0', '1', '0'])
    expect(reported('scrape_samples_scraped')).toEqual(['3', '3', '2', '3'])
    expect(reported('scrape_samples_post_metric_relabeling')).toEqual(['2', '2', '2', '2'])
    // What a failed scrape has brought is known at the next one, and a success makes forget what it didn't have.
    expect(reported('scrape_series_added')).toEqual(['2', '0', '1', '1'])
    expect(sink.samples()).toEqual(['12000 a 1', '12000 c 1', '13000 a stale', '13000 c stale'])
  })

  it('takes of a series in one scrape the first sample, and none without a timestamp behind one with', async () => {
    const [early, late] = [{ timestampMs: 8000 }, { timestampMs: 8500 }]
    const samples = [sample('a', 1, early), sample('a', 2), sample('a', 3, late), sample('b', 1), sample('b', 2, early)]
    const snapshots = [snapshotOf(...samples), snapshotOf()]
    const { sink } = startLoop(async () => snapshots.shift() ?? snapshotOf())
    await seconds(2)
    // Of b it is known until when it was there.
    expect(sink.samples()).toEqual(['8000 a 1', '8500 a 3', '10000 b 1', '8000 b 2', '11000 b stale'])
  })

  it.each([
    [
      'throws at once',
      () => {
        throw new Error('broken')
      },
      'broken',
    ],
    ['rejects with something else', () => Promise.reject('odd'), 'odd'],
  ])('of a target that %s fails like any other', async (_, collect, message) => {
    const { loop, ticks } = startLoop(collect)
    await seconds(2)
    expect(loop.targets()).toMatchObject([{ up: false, lastError: message }])
    expect(ticks).toEqual([10_000, 11_000])
  })

  it('honours timestamps, whole, and does not mark such series stale', async () => {
    const snapshots = [snapshotOf(sample('a', 1, { timestampMs: 8123.9 }), sample('b', 1)), snapshotOf()]
    const { sink } = startLoop(async () => snapshots.shift() ?? snapshotOf())
    await seconds(2)
    expect(sink.samples()).toEqual(['8123 a 1', '10000 b 1', '11000 b stale'])
  })

  it('leaves out samples from the future, which would age everything else, and says so', async () => {
    const inAMinute = 10_000 + 60_000
    const { sink } = startLoop(async () =>
      snapshotOf(
        sample('a', 1, { timestampMs: inAMinute }),
        sample('b', 1, { timestampMs: inAMinute + 1 }),
        sample('c', 1, { timestampMs: Number.NaN }),
      ),
    )
    await seconds(0.5)
    expect(sink.samples()).toEqual([`${inAMinute} a 1`])
    expect(sink.refuseAhead).toHaveBeenCalledTimes(2)
  })
})

describe('a counter', () => {
  /** Scrapes a target whose snapshots have these families, one after the other; `undefined` is a scrape that fails. */
  async function scrapes(countsSinceMs: number | undefined, ...rounds: (Family[] | undefined)[]) {
    const sink = recordingSink()
    const left = [...rounds]
    const collect = async () => {
      const families = left.shift()
      if (families === undefined) throw new Error('no route to host')
      return { takenAtMs: Date.now(), families }
    }
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess: { ...target(collect), countsSinceMs }, sink })
    loop.start()
    await seconds(rounds.length - 0.5)
    loop.stop()
    return sink.samples()
  }
  const family = (type: Family['type'], ...samples: Sample[]): Family => ({
    name: 'f',
    type,
    help: '',
    unit: '',
    samples,
  })
  const counter = (value: number) => family('counter', sample('f', value))

  it('that is new was 0 at the scrape before, so that a rate has its first counts', async () => {
    expect(await scrapes(9100, [], [counter(3)], [counter(4)])).toEqual(['10000 f 0', '11000 f 3', '12000 f 4'])
  })

  it('that the first scrape has was 0 when the process started', async () => {
    expect(await scrapes(9100, [counter(3)])).toEqual(['9100 f 0', '10000 f 3'])
  })

  it.each<[string, Family, string[]]>([
    ['a histogram', family('histogram', sample('f_bucket', 2)), ['10000 f_bucket 0', '11000 f_bucket 2']],
    ["a summary's count", family('summary', sample('f_count', 2)), ['10000 f_count 0', '11000 f_count 2']],
    ["a summary's quantile", family('summary', sample('f', 2)), ['11000 f 2']],
    ['a gauge', family('gauge', sample('f', 2)), ['11000 f 2']],
    ['what has a timestamp of its own', family('counter', sample('f', 2, { timestampMs: 10_500 })), ['10500 f 2']],
  ])('begins like this: %s', async (_, one, lines) => {
    expect(await scrapes(9100, [], [one])).toEqual(lines)
  })

  it.each<[string, number | undefined, (Family[] | undefined)[], string[]]>([
    ['in a target that may forget its series', undefined, [[], [counter(3)]], ['11000 f 3']],
    ['after a scrape that failed', 9100, [[], undefined, [counter(3)]], ['12000 f 3']],
    ['that began in the future', 20_000, [[counter(3)]], ['10000 f 3']],
    ['that began long ago', 9500 - 300_000, [[counter(3)]], ['10000 f 3']],
  ])('is not said to have been 0 %s', async (_, countsSinceMs, rounds, lines) => {
    expect(await scrapes(countsSinceMs, ...rounds)).toEqual(lines)
  })
})

describe('the loop', () => {
  it('tells its listeners after everything of the round is written', async () => {
    const { sink, loop, ticks } = startLoop(async () => snapshotOf(sample('a', 1)))
    const written: number[] = []
    const end = loop.onTick(() => written.push(sink.lines.length))
    await seconds(2)
    end()
    await seconds(1)
    expect(ticks).toEqual([10_000, 11_000, 12_000])
    expect(written).toEqual([6, 12])
  })

  it('is not disturbed by a listener that throws', async () => {
    const { loop, ticks } = startLoop(async () => snapshotOf())
    loop.onTick(() => {
      throw new Error('broken listener')
    })
    const later: number[] = []
    loop.onTick((atMs) => later.push(atMs))
    await seconds(2)
    expect(ticks).toEqual([10_000, 11_000])
    expect(later).toEqual([10_000, 11_000])
    expect(console.error).toHaveBeenCalledTimes(2)
  })

  it('skips instants while a scrape takes longer than the interval, and never begins a second', async () => {
    let running = 0
    let most = 0
    const { sink, ticks } = startLoop(async () => {
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 2300))
      running--
      return snapshotOf(sample('a', 1))
    })
    await seconds(6)
    expect(most).toBe(1)
    expect(sink.samples()).toEqual(['10000 a 1', '13000 a 1'])
    expect(ticks).toEqual([10_000, 13_000])
  })

  it('gives a target that never answers only so long, and then counts it as down until it ends', async () => {
    const signals: AbortSignal[] = []
    const { loop, sink } = startLoop((signal) => {
      signals.push(signal)
      return new Promise(() => {})
    }, 1500)
    await seconds(2.2)
    expect(signals.map((signal) => signal.aborted)).toEqual([true])
    expect(loop.targets()).toMatchObject([{ up: false, lastError: 'no answer within 1s500ms', lastScrapeMs: 10_000 }])
    await seconds(2)
    expect(signals).toHaveLength(1)
    expect(loop.targets()).toMatchObject([{ up: false, lastScrapeMs: 13_000 }])
    expect(sink.lines.filter((line) => line.includes(' up '))).toEqual(['10000 up 0', '12000 up 0', '13000 up 0'])
  })

  it('goes on when the clock jumps', async () => {
    const { sink, ticks } = startLoop(async () => snapshotOf(sample('a', 1)))
    await seconds(0.5)
    vi.setSystemTime(5000)
    await seconds(1)
    vi.setSystemTime(3_600_000)
    await seconds(1)
    expect(ticks).toEqual([10_000, 6000, 3_601_000])
    expect(sink.samples()).toEqual(['10000 a 1', '6000 a 1', '3601000 a 1'])
  })

  it('marks nothing when it is stopped, and drops the scrape that is under way', async () => {
    const { loop, sink, ticks } = startLoop(async () => {
      await new Promise((resolve) => setTimeout(resolve, 300))
      return snapshotOf(sample('a', 1))
    })
    await seconds(1.6)
    const before = [...sink.lines]
    expect(before.length).toBeGreaterThan(0)
    loop.stop()
    await seconds(5)
    expect(sink.lines).toEqual(before)
    expect(ticks).toEqual([10_000])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('survives a sink that throws', async () => {
    const ticks: number[] = []
    const append = () => {
      throw new Error('broken sink')
    }
    const thisProcess = target(async () => snapshotOf(sample('a', 1)))
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess, sink: { append, markStale: () => true } })
    loop.onTick((atMs) => ticks.push(atMs))
    loop.start()
    await seconds(2)
    expect(console.error).toHaveBeenCalledTimes(2)
    expect(ticks).toEqual([])
  })
})

describe('another target', () => {
  const own = target(async () => snapshotOf(sample('a', 1)))
  const offsetMs = scrapeOffsetMs({ job: 'hearth', instance: 'other' }, 1000)

  function startBoth(collect: Target['collect'], sink = recordingSink()) {
    const ticks: number[] = []
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess: own, others: [target(collect, 'other')], sink })
    loop.onTick((atMs) => ticks.push(atMs))
    loop.start()
    return { loop, sink, ticks }
  }

  it('is scraped at instants of its own, between the ticks', async () => {
    const { sink, ticks } = startBoth(async () => snapshotOf(sample('b', 1)))
    await seconds(2.5)
    expect(offsetMs).toBeGreaterThan(0)
    expect(sink.samples()).toEqual([
      '10000 a 1',
      `${10_000 + offsetMs} b at other 1`,
      '11000 a 1',
      `${11_000 + offsetMs} b at other 1`,
      '12000 a 1',
    ])
    expect(ticks).toEqual([10_000, 11_000, 12_000])
  })

  it('on the same host and port is told apart by its job', async () => {
    const boxes = { ...target(async () => snapshotOf(sample('b', 1)), 'other'), job: 'boxes' }
    const shop = { ...target(async () => snapshotOf(sample('c', 1)), 'other'), job: 'shop' }
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess: own, others: [boxes, shop], sink: recordingSink() })
    loop.start()
    await seconds(2)
    loop.stop()
    const sampleOf = (job: string) => loop.newestSnapshot({ job, instance: 'other' })?.families[0]?.samples[0]?.name
    expect([sampleOf('boxes'), sampleOf('shop'), sampleOf('hearth')]).toEqual(['b', 'c', undefined])
  })

  it('that is slow holds nobody up, and misses instants of its own only', async () => {
    const { loop, sink, ticks } = startBoth(async () => {
      await new Promise((resolve) => setTimeout(resolve, 2300))
      return snapshotOf(sample('b', 1))
    })
    await seconds(7)
    expect(ticks).toEqual([10_000, 11_000, 12_000, 13_000, 14_000, 15_000, 16_000])
    expect(sink.samples().filter((line) => line.includes(' b '))).toEqual([
      `${10_000 + offsetMs} b at other 1`,
      `${13_000 + offsetMs} b at other 1`,
    ])
    expect(loop.targets()).toMatchObject([{ lastScrapeMs: 16_000 }, { up: true, lastDurationSeconds: 2.3 }])
  })

  it('that is down has an error and an up of its own', async () => {
    const { loop, sink } = startBoth(() => Promise.reject(new Error('connection refused')))
    await seconds(2)
    expect(sink.lines).toContainEqual(expect.stringMatching(/ up at other 0$/))
    expect(loop.targets()).toMatchObject([
      { instance: 'localhost:3000', up: true, lastError: undefined },
      { instance: 'other', up: false, lastError: 'connection refused' },
    ])
    expect(loop.newestSnapshots()).toHaveLength(1)
  })

  it('has a newest snapshot, and none before its first scrape', async () => {
    const { loop } = startBoth(async () => snapshotOf(sample('b', 1)))
    expect(loop.newestSnapshot()).toBeUndefined()
    expect(loop.newestSnapshots()).toEqual([])
    expect(loop.targets()).toMatchObject([{ up: undefined, lastScrapeMs: undefined }, { up: undefined }])
    await seconds(1.6)
    expect(loop.newestSnapshot()?.families[0]?.samples[0]?.name).toBe('a')
    expect(loop.newestSnapshot({ job: 'hearth', instance: 'other' })?.families[0]?.samples[0]?.name).toBe('b')
    expect(loop.newestSnapshot({ job: 'hearth', instance: 'third' })).toBeUndefined()
    expect(loop.newestSnapshot({ job: 'third', instance: 'other' })).toBeUndefined()
    expect(loop.newestSnapshots()).toEqual([
      loop.newestSnapshot(),
      loop.newestSnapshot({ job: 'hearth', instance: 'other' }),
    ])
  })

  it('stops with the loop', async () => {
    const { loop } = startBoth(async () => snapshotOf(sample('b', 1)))
    await seconds(1.6)
    loop.stop()
    await seconds(5)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('with the job and instance of another one is refused', () => {
    const twice = () => createScrapeLoop({ intervalMs: 1000, thisProcess: own, others: [own], sink: recordingSink() })
    expect(twice).toThrow(/^expected targets that differ in job or instance, .* got two of hearth at localhost:3000$/)
  })
})

describe('targets that come and go', () => {
  const own = target(async () => snapshotOf(sample('a', 1)))
  const other = target(async () => snapshotOf(sample('b', 1)), 'other')

  function startAlone() {
    const sink = recordingSink()
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess: own, sink })
    loop.start()
    return { loop, sink, ofOther: () => sink.lines.filter((line) => line.includes('at other')) }
  }

  it('are scraped from then on, and their series end when they go', async () => {
    const { loop, ofOther } = startAlone()
    await seconds(1.6)
    expect(ofOther()).toEqual([])
    loop.setOthers([other])
    expect(loop.targets()).toMatchObject([{ instance: 'localhost:3000' }, { instance: 'other', up: undefined }])
    await seconds(1)
    expect(loop.targets()).toMatchObject([{}, { up: true }])
    const before = ofOther().length
    loop.setOthers([])
    await seconds(2)
    expect(loop.targets()).toHaveLength(1)
    expect(loop.newestSnapshot({ job: 'hearth', instance: 'other' })).toBeUndefined()
    expect(
      ofOther()
        .slice(before)
        .map((line) => line.replace(/^\d+ /, '')),
    ).toEqual(
      [
        'b',
        'up',
        'scrape_duration_seconds',
        'scrape_samples_scraped',
        'scrape_samples_post_metric_relabeling',
        'scrape_series_added',
      ].map((name) => `${name} at other stale`),
    )
  })

  it('go on as they are where they stay', async () => {
    const { loop, sink } = startAlone()
    loop.setOthers([other])
    await seconds(1.6)
    loop.setOthers([target(async () => snapshotOf(sample('c', 1)), 'third'), other])
    await seconds(2)
    expect(sink.lines.filter((line) => line.includes('stale'))).toEqual([])
    expect(loop.targets()).toMatchObject([{}, { instance: 'other', up: true }, { instance: 'third', up: true }])
  })

  it('that go during their scrape write nothing but the end of what was there', async () => {
    const answers: ((snapshot: Snapshot) => void)[] = []
    const slow = target(() => new Promise((resolve) => answers.push(resolve)), 'other')
    const { loop, ofOther } = startAlone()
    loop.setOthers([slow])
    await seconds(1)
    answers.shift()?.(snapshotOf(sample('b', 1)))
    await seconds(1)
    const before = ofOther().length
    loop.setOthers([])
    answers.shift()?.(snapshotOf(sample('b', 2)))
    await seconds(2)
    expect(before).toBeGreaterThan(0)
    expect(
      ofOther()
        .slice(before)
        .filter((line) => !line.endsWith('stale')),
    ).toEqual([])
    expect(ofOther().filter((line) => /\bb at other stale$/.test(line))).toHaveLength(1)
  })

  it('write nothing that were never scraped', async () => {
    const { loop, ofOther } = startAlone()
    loop.setOthers([other])
    loop.setOthers([])
    await seconds(2)
    expect(ofOther()).toEqual([])
  })

  it('are refused with the name of another, and then nothing changes', async () => {
    const { loop } = startAlone()
    loop.setOthers([other])
    expect(() => loop.setOthers([{ ...own }])).toThrow('got two of hearth at localhost:3000')
    expect(loop.targets()).toMatchObject([{}, { instance: 'other' }])
  })

  it('have labels of their own in every series', async () => {
    const { loop, sink } = startAlone()
    loop.setOthers([{ ...other, labels: { zone: 'a' } }])
    await seconds(1.6)
    expect(sink.lines).toContainEqual(expect.stringMatching(/ b\{"zone":"a"\} at other 1$/))
    expect(sink.lines).toContainEqual(expect.stringMatching(/ up\{"zone":"a"\} at other 1$/))
    expect(loop.targets()[1]?.labels).toEqual({ zone: 'a' })
  })
})

describe('a scrape of many samples', () => {
  /** A loop whose sink takes a millisecond for each sample, and how much of it is written at each turn of others. */
  function startLargeLoop(snapshots: Snapshot[]) {
    let nowMs = 0
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs)
    const sink = recordingSink()
    const slow: Sink = {
      append: (...args) => ++nowMs > 0 && sink.append(...args),
      markStale: (...args) => ++nowMs > 0 && sink.markStale(...args),
    }
    const thisProcess = target(async () => snapshots.shift() ?? snapshotOf())
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess, sink: slow })
    const turns: number[] = []
    const takeTurn = () => {
      turns.push(sink.lines.length)
      setTimeout(takeTurn, 0)
    }
    takeTurn()
    loop.start()
    return { loop, sink, turns }
  }

  const many = () => snapshotOf(...Array.from({ length: 1000 }, (_, i) => sample(`a${i}`, i)))

  const longestWait = (turns: number[]) => Math.max(...turns.map((written, i) => written - (turns[i - 1] ?? 0)))

  it('gives others their turn in between, and has one timestamp all the same', async () => {
    const { loop, sink, turns } = startLargeLoop([many(), many()])
    const ticks: [atMs: number, written: number][] = []
    loop.onTick((atMs) => ticks.push([atMs, sink.lines.length]))
    await seconds(3)
    expect(longestWait(turns)).toBeLessThanOrEqual(21)
    const instants = sink.lines.map((line) => Number.parseInt(line, 10))
    expect(instants).toEqual([10_000, 11_000, 12_000].flatMap((atMs) => Array(1005).fill(atMs)))
    expect(ticks).toEqual([
      [10_000, 1005],
      [11_000, 2010],
      [12_000, 3015],
    ])
  })

  it('ends where it is when the loop is stopped', async () => {
    const sink = recordingSink()
    const append: Sink['append'] = (...args) => {
      if (sink.lines.length === 499) loop.stop()
      return sink.append(...args)
    }
    const thisProcess = target(async () => many())
    const loop = createScrapeLoop({ intervalMs: 1000, thisProcess, sink: { ...sink, append } })
    loop.start()
    await seconds(3)
    expect(sink.lines).toHaveLength(500)
  })
})
