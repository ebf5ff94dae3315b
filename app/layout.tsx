// The document around every page: fonts from this server, tokens, and the reader's theme before the first paint.
import './globals.css'
import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { headers } from 'next/headers'
import type { ReactNode } from 'react'
import { Fragment, Suspense } from 'react'
import { THEME_SCRIPT } from './theme-script'

const sans = localFont({ src: './fonts/geist.woff2', variable: '--font-geist-sans', weight: '400 700' })
const mono = localFont({
  src: './fonts/geist-mono.woff2',
  variable: '--font-geist-mono',
  weight: '400 700',
  // There is nothing to adjust for a font of one width.
  adjustFontFallback: false,
})

export const metadata: Metadata = {
  title: { default: 'Hearth', template: '%s · Hearth' },
  description: 'Prometheus metrics, PromQL and a live dashboard inside this app.',
}

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#ffffff' },
    { media: '(prefers-color-scheme: dark)', color: '#181715' },
  ],
}

/**
 * With `cacheComponents`, a page that waits for its request is to wait within a boundary. This one is around the whole document,
 * so that nothing of such a page is made in the build, where it gets no nonce. Without, a page that throws is a 500 only where
 * there is none.
 */
const Whole = process.env.__NEXT_CACHE_COMPONENTS ? Suspense : Fragment

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    <Whole>
      {/* The script sets data-theme before React wakes up, so the attribute may differ from the server's. */}
      <html lang="en" className={`${sans.variable} ${mono.variable}`} suppressHydrationWarning>
        <head>
          <ThemeScript />
        </head>
        <body>{children}</body>
      </html>
    </Whole>
  )
}

/** With the nonce of the policy that the request comes with, as Next gives it to its own scripts. */
async function ThemeScript() {
  const policy = (await headers()).get('content-security-policy')
  const nonce = /'nonce-([^']+)'/.exec(policy ?? '')?.[1]
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {THEME_SCRIPT}
    </script>
  )
}
