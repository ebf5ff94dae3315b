// Next's start hook, which must be here: Next runs it once per server, before the first request is answered.
import type { Instrumentation } from 'next'

export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { begin } = await import('./package/begin')
    const { ASSET_PREFIX, BASE_PATH, TRAILING_SLASH } = await import('./app/base-path')
    begin({ assetPrefix: ASSET_PREFIX, basePath: BASE_PATH, trailingSlash: TRAILING_SLASH })
  }
}

export const onRequestError: Instrumentation.onRequestError = async (...report) => {
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { recordRequestError } = await import('./server/instrument/request-error')
    await recordRequestError(...report)
  }
}
