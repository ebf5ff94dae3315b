'use client'
// What the exceptions of one group said: the newest with different messages, each with its request and its stack.
import type { ExceptionGroup } from '@/server/instrument/exception-log'
import { Ago } from '../_panels/ago'
import { useExceptionExamples } from '../_panels/use-exception-groups'
import styles from './error-groups.module.css'
import type { ErrorRow } from './error-rows'

type ErrorExamplesProps = { row: ErrorRow; isThisApp: boolean; nowMs: number }

export function ErrorExamples({ row: { words }, isThisApp, nowMs }: ErrorExamplesProps) {
  if (words !== undefined) return <Examples words={words} nowMs={nowMs} />
  return (
    <p className={styles.none}>
      {isThisApp
        ? 'No examples are kept of it: another process has counted it.'
        : 'Only the process that threw it has examples: they are in its own dashboard.'}
    </p>
  )
}

function Examples({ words, nowMs }: { words: ExceptionGroup; nowMs: number }) {
  const examples = useExceptionExamples(words)
  return (
    <ol className={styles.examples} aria-label="Examples">
      {examples.map(({ id, atMs, method, path, route, status, digest, traceId, message, isHidden, stack = [] }) => {
        const facts = [
          ['Request', `${method ?? ''} ${path ?? route}`.trim()],
          ['Status', status === undefined ? '' : `${status}`],
          ['Trace', traceId ?? ''],
          ['Digest', digest ?? ''],
        ] as const
        const words = isHidden === true ? '(messages and stacks are switched off)' : message
        return (
          <li key={id}>
            <p>{words === '' ? '(no message)' : words}</p>
            <dl>
              {facts
                .filter(([, value]) => value !== '')
                .map(([name, value]) => (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                  </div>
                ))}
              <div>
                <dt>Seen</dt>
                <dd>
                  <Ago atMs={atMs} nowMs={nowMs} />
                </dd>
              </div>
            </dl>
            {stack.length > 0 && (
              <details>
                <summary>Stack</summary>
                {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the screen is scrolled with the keyboard too */}
                <pre tabIndex={0}>{stack.join('\n')}</pre>
              </details>
            )}
          </li>
        )
      })}
    </ol>
  )
}
