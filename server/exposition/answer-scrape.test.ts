import { expect, test, vi } from 'vitest'
import { metrics } from '../instrument/metrics'
import { processRegistry } from '../instrument/registry'
import { answerScrape } from './answer-scrape'

test('a scrape is answered with the metrics of this process, as Prometheus text, never cached', async () => {
  metrics().requestsTotal.inc({ method: 'GET', route: '/', status: '200' }, 3)
  const response = await answerScrape()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const lines = (await response.text()).split('\n')
  expect(lines).toContain('# TYPE requests_total counter')
  expect(lines).toContain('requests_total{method="GET",route="/",status="200"} 3')
  expect(lines).toContain('requests_in_flight{kind="stream"} 0')
})

test('a collection that fails is a 500 with its reason', async () => {
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {})
  vi.spyOn(processRegistry(), 'getMetricsAsArray').mockImplementation(() => {
    throw new Error('the registry is broken')
  })
  const response = await answerScrape()
  expect(response.status).toBe(500)
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  expect(await response.text()).toContain('the registry is broken')
  expect(logged).toHaveBeenCalledOnce()
})
