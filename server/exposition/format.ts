// The two text formats an exposition can have, and the Content-Types that say which one it is.

/** `prometheus` is the text format 0.0.4, `openmetrics` is OpenMetrics 1.0.0. */
export type ExpositionFormat = 'prometheus' | 'openmetrics'

export const PROMETHEUS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8'
export const OPENMETRICS_CONTENT_TYPE = 'application/openmetrics-text; version=1.0.0; charset=utf-8'

/** The format that a Content-Type announces: anything that isn't OpenMetrics is read as Prometheus text. */
export function formatOf(contentType: string | undefined): ExpositionFormat {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  return mediaType === 'application/openmetrics-text' ? 'openmetrics' : 'prometheus'
}
