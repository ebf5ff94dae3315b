import { describe, expect, test } from 'vitest'
import { negotiateFormat } from './negotiate-format'

const TEXT = 'text/plain; version=0.0.4; charset=utf-8'
const OPENMETRICS = 'application/openmetrics-text; version=1.0.0; charset=utf-8'
const DRAFT = 'application/openmetrics-text; version=0.0.1; charset=utf-8'
const PROTOBUF = 'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited'

const contentTypeFor = (accept: string | null) => negotiateFormat(accept).contentType

describe('what others send', () => {
  test.each([
    [
      'Prometheus 2.42',
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      OPENMETRICS,
    ],
    [
      'Prometheus 2.42 with native histograms',
      `${PROTOBUF},application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1`,
      OPENMETRICS,
    ],
    [
      'Prometheus 3.0',
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,application/openmetrics-text;version=0.0.1;q=0.4,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,text/plain;version=0.0.4;q=0.2,*/*;q=0.1',
      OPENMETRICS,
    ],
    [
      'Prometheus 3.5, and the OpenTelemetry Collector with its scraper inside',
      'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2',
      OPENMETRICS,
    ],
    [
      'Prometheus 3.5 with native histograms',
      `${PROTOBUF};q=0.6,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,*/*;q=0.4`,
      OPENMETRICS,
    ],
    ['Prometheus 3.5 told to take text', 'text/plain;version=0.0.4;q=0.6,*/*;q=0.5', TEXT],
    ['Prometheus 1', `${PROTOBUF};q=0.7,text/plain;version=0.0.4;q=0.3,*/*;q=0.1`, TEXT],
    ['vmagent', 'text/plain;version=0.0.4;q=1,*/*;q=0.1', TEXT],
    ['curl and fetch', '*/*', TEXT],
    [
      'Chromium',
      'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,application/signed-exchange;v=b3;q=0.7',
      TEXT,
    ],
    ['Firefox', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', TEXT],
    ['Java', 'text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2', TEXT],
    ['nobody in particular', null, TEXT],
  ])('%s', (_, accept, contentType) => {
    expect(contentTypeFor(accept)).toBe(contentType)
  })
})

describe('the quality decides', () => {
  test.each([
    ['for OpenMetrics', 'text/plain;q=0.4,application/openmetrics-text;q=0.5', OPENMETRICS],
    ['for text', 'text/plain;q=0.5,application/openmetrics-text;q=0.4', TEXT],
    ['for text by its third digit', 'application/openmetrics-text;q=0.998,text/plain;q=0.999', TEXT],
    [
      'for the draft',
      'application/openmetrics-text;version=0.0.1,application/openmetrics-text;version=1.0.0;q=0.9',
      DRAFT,
    ],
    ['and of equal ones the first', 'text/plain,application/openmetrics-text', TEXT],
    [
      'and of equal ones the first, the other way round',
      'application/openmetrics-text,text/plain;version=0.0.4',
      OPENMETRICS,
    ],
    ['and of equal ones what is named', '*/*,application/openmetrics-text', OPENMETRICS],
    ['but 0 is never', 'application/openmetrics-text;q=0,*/*;q=0.1', TEXT],
    ['and 0.000 is 0', 'application/openmetrics-text;q=0.000', TEXT],
    ['where q is a capital', 'text/plain;Q=0.5,application/openmetrics-text;Q=0.6', OPENMETRICS],
    ['where spaces stand around it', 'text/plain ; q = 0.5 , application/openmetrics-text ; q = 0.6', OPENMETRICS],
    [
      'of what names the format most closely',
      'text/plain;q=0.9,text/plain;version=0.0.4;q=0.1,application/openmetrics-text;q=0.5',
      OPENMETRICS,
    ],
    [
      'not of a wildcard where the format is named',
      'text/plain;q=0.1,application/openmetrics-text;q=0.5,*/*;q=0.9',
      OPENMETRICS,
    ],
    ['of a wildcard where it is not', 'application/openmetrics-text;q=0.5,text/*;q=0.9', TEXT],
  ])('%s', (_, accept, contentType) => {
    expect(contentTypeFor(accept)).toBe(contentType)
  })
})

describe('the version decides', () => {
  test.each([
    ['1.0.0', 'application/openmetrics-text;version=1.0.0', OPENMETRICS],
    ['0.0.1', 'application/openmetrics-text;version=0.0.1', DRAFT],
    ['none, so any', 'application/openmetrics-text', OPENMETRICS],
    ['in quotes', 'application/openmetrics-text;version="0.0.1"', DRAFT],
    ['one that is still to come', 'application/openmetrics-text;version=2.0.0', TEXT],
    [
      'one that is still to come, or the present one',
      'application/openmetrics-text;version=2.0.0,application/openmetrics-text;version=1.0.0;q=0.1',
      OPENMETRICS,
    ],
    ['of text', 'text/plain;version=0.0.4', TEXT],
    [
      'of text as Prometheus 3 names it',
      'text/plain;version=1.0.0;escaping=underscores,application/openmetrics-text;q=0.9',
      TEXT,
    ],
    ['of text that nobody knows', 'text/plain;version=9,application/openmetrics-text;q=0.1', OPENMETRICS],
  ])('%s', (_, accept, contentType) => {
    expect(contentTypeFor(accept)).toBe(contentType)
  })
})

describe('who takes neither gets text', () => {
  test.each([
    'application/json',
    'text/html',
    'application/*',
    '*/*;q=0',
    'text/plain;q=0,application/openmetrics-text;q=0',
  ])('%s', (accept) => expect(contentTypeFor(accept)).toBe(TEXT))
})

describe('what is malformed counts for nothing', () => {
  test.each([
    ['nothing', ''],
    ['commas', ',,,'],
    ['semicolons', ';;;'],
    ['half a type', 'application/'],
    ['a type with spaces in it', 'application / openmetrics-text'],
    ['a quality that is no number', 'application/openmetrics-text;q=high'],
    ['an empty quality', 'application/openmetrics-text;q='],
    ['a negative quality', 'application/openmetrics-text;q=-1'],
    ['a quality above 1', 'application/openmetrics-text;q=2'],
    ['two points', 'application/openmetrics-text;q=0.5.5'],
    ['a million commas', ','.repeat(1_000_000)],
  ])('%s', (_, accept) => {
    expect(contentTypeFor(accept)).toBe(TEXT)
  })

  test('and leaves the rest as it is', () => {
    expect(contentTypeFor('q=1;;,/,application/openmetrics-text;q=0.1, ,text/plain;q=x')).toBe(OPENMETRICS)
  })
})
