import { expect, test } from 'bun:test'
import { targetOf } from './target.ts'

/** A request as a server makes it: the target stands in `url` as it was sent. */
function request(target: string, host: string | null = 'gateway:8787', scheme = 'http://'): Request {
  const headers = new Headers(host === null ? {} : { host })
  // A server's request, of which only these two are read: `new Request` would bring the URL to its own form.
  return { url: `${scheme}${host ?? 'gateway'}${target}`, headers } as Request
}

const same = ['/v1/chat/completions', '/v1/models/gpt-4o_mini.x', '/', '/v1//chat', '/v1/chat/']
for (const path of same)
  test(`${path} is what it is`, () => expect(targetOf(request(path))).toEqual({ path, query: '' }))

const cases: readonly (readonly [string, { path: string; query: string } | undefined])[] = [
  ['/v1/chat?a=1&b=%20', { path: '/v1/chat', query: '?a=1&b=%20' }],
  ['/v1/chat?', { path: '/v1/chat', query: '?' }],
  ['/v1/a/../chat', { path: '/v1/chat', query: '' }],
  ['/v1/./chat', { path: '/v1/chat', query: '' }],
  ['/v1/a/..', { path: '/v1/', query: '' }],
  ['/v1/%2e%2e/chat', { path: '/chat', query: '' }],
  ['/v1\\chat', { path: '/v1/chat', query: '' }],
  ['/v1/models/a%2Fb', { path: '/v1/models/a%2Fb', query: '' }],
  ['/v1/chat;x=1', { path: '/v1/chat;x=1', query: '' }],
  ["/v1/chat?q='x'", { path: '/v1/chat', query: '?q=%27x%27' }],
  ['/v1/chat?q=<x>', { path: '/v1/chat', query: '?q=%3Cx%3E' }],
  ['/v1/chat#fragment', undefined],
  ['/v1/chat?q=1#fragment', undefined],
  ['?q=/v1/chat', undefined],
  ['', undefined],
]
for (const [target, expected] of cases) {
  test(`${JSON.stringify(target)} is read as every runtime reads it`, () => {
    expect(targetOf(request(target))).toEqual(expected)
  })
}

test('a Host that shifts the path is malformed', () => {
  for (const host of [null, '', 'x/v1/other?', 'x#', 'a b', 'user@x', 'x:', 'x:123456', 'x\\y', 'x?y']) {
    expect(targetOf(request('/v1/chat', host))).toBeUndefined()
  }
})

test('a Host that is one is not', () => {
  for (const host of ['localhost', '127.0.0.1:8787', '[::1]:80', 'a-b.example.com', 'x_y']) {
    expect(targetOf(request('/v1/chat', host))?.path).toBe('/v1/chat')
  }
  expect(targetOf(request('/v1/chat', 'x', 'https://'))?.path).toBe('/v1/chat')
  expect(targetOf(request('/v1/chat', 'x', 'ftp://'))).toBeUndefined()
})
