// Sends what a host is to count, and expects the status of each answer.
import { expect } from '@playwright/test'
import type { Sent } from './host'

export async function send(
  url: string,
  { path, method = 'GET', form, status, contains = '', times = 1 }: Sent,
): Promise<void> {
  const json = method === 'POST' && form === undefined
  const body = json ? '{"amount":3}' : form
  for (let i = 0; i < times; i++) {
    const type = json ? 'application/json' : 'application/x-www-form-urlencoded'
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': type }
    const response = await fetch(url + path, { method, body, headers, redirect: 'manual' })
    const text = await response.text()
    expect([path, response.status]).toEqual([path, status])
    expect(text).toContain(contains)
  }
}
