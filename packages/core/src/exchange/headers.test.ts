import { describe, expect, test } from 'bun:test'
import { requestHeaders, responseHeaders } from './headers.ts'
import { Refused } from './refusals.ts'

const plain = { decoded: false, inspected: true, stream: false }

function sent(headers: Record<string, string>, options: Partial<typeof plain> = {}): Record<string, string> | string {
  const result = requestHeaders(new Headers(headers), { ...plain, ...options })
  return result instanceof Refused ? result.code : Object.fromEntries(result)
}

describe('to the provider', () => {
  test('everything passes that is not on the list', () => {
    const headers = {
      accept: '*/*',
      authorization: 'Bearer sk-abc',
      'content-type': 'application/json; charset=utf-8',
      cookie: 'a=b',
      'idempotency-key': 'x',
      'openai-organization': 'org',
      traceparent: '00-a-b-01',
      'user-agent': 'client/1',
      'x-session-id': 's',
      'x-stainless-os': 'Linux',
    }
    expect(sent(headers)).toEqual(headers)
  })

  test('hop-by-hop, framing, forwarding, override and our own headers do not', () => {
    const names = [
      'connection',
      'keep-alive',
      'proxy-authorization',
      'proxy-connection',
      'te',
      'trailer',
      'transfer-encoding',
      'upgrade',
      'host',
      'content-length',
      'expect',
      'x-detection-key',
      'forwarded',
      'x-forwarded-for',
      'x-forwarded-host',
      'x-real-ip',
      'x-original-url',
      'x-rewrite-url',
      'x-http-method-override',
      'x-sluice-mode',
      'X-Sluice-Exchange-Id',
    ]
    expect(sent(Object.fromEntries(names.map((name) => [name, 'close'])))).toEqual({})
  })

  test('the detection key itself does not', () => {
    expect(sent({ 'x-detection-key': 'detect_live_abc' })).toEqual({})
  })

  test('a detection key anywhere else is refused', () => {
    for (const name of ['authorization', 'x-api-key', 'cookie']) {
      expect(sent({ [name]: 'Bearer detect_live_abc' })).toBe('SLUICE_KEY_MISPLACED')
    }
  })

  test('a Connection that names an end-to-end header is refused, one that names hops is not', () => {
    for (const value of ['authorization', 'close, X-Detection-Key', 'keep-alive,content-type']) {
      expect(sent({ connection: value })).toBe('SLUICE_REQUEST_MALFORMED')
    }
    for (const value of ['close', 'keep-alive', 'Upgrade, HTTP2-Settings', 'close,', '']) {
      expect(sent({ connection: value })).toEqual({})
    }
  })

  test('ranges are cut where the answer is inspected', () => {
    const headers = { range: 'bytes=0-9', 'if-range': 'x' }
    expect(sent(headers)).toEqual({})
    expect(sent(headers, { inspected: false })).toEqual(headers)
  })

  test('only codings that can be read are accepted, and of a stream none', () => {
    const accepted = (value: string, stream = false) => sent({ 'accept-encoding': value }, { stream })
    expect(accepted('gzip, deflate;q=0.5, br, zstd, compress')).toEqual({
      'accept-encoding': 'gzip, deflate;q=0.5, br, zstd',
    })
    expect(accepted('compress, *')).toEqual({ 'accept-encoding': 'identity' })
    expect(accepted('gzip', true)).toEqual({ 'accept-encoding': 'identity' })
    expect(sent({})).toEqual({})
  })

  test('a coding that was undone is not claimed', () => {
    expect(sent({ 'content-encoding': 'gzip' })).toEqual({ 'content-encoding': 'gzip' })
    expect(sent({ 'content-encoding': 'gzip' }, { decoded: true })).toEqual({})
  })

  test('the client’s own headers are left as they are', () => {
    const client = new Headers({ host: 'x', accept: 'y' })
    requestHeaders(client, plain)
    expect(client.get('host')).toBe('x')
  })
})

describe('to the client', () => {
  const provider = new Headers({
    connection: 'close',
    'content-encoding': 'gzip',
    'content-length': '5',
    'content-type': 'application/json',
    digest: 'd',
    etag: 'e',
    'openai-processing-ms': '5',
    'repr-digest': 'r',
    'retry-after-ms': '7',
    'transfer-encoding': 'chunked',
    'x-ratelimit-remaining-requests': '1',
    'x-request-id': 'req',
    'x-should-retry': 'true',
    'x-sluice-exchange-id': 'forged',
  })
  provider.append('set-cookie', 'a=1')
  provider.append('set-cookie', 'b=2')

  test('everything passes but framing and what only we may say', () => {
    const returned = responseHeaders(provider, 'ex_1', false)
    expect(returned.getSetCookie()).toEqual(['a=1', 'b=2'])
    returned.delete('set-cookie')
    expect(Object.fromEntries(returned)).toEqual({
      'content-encoding': 'gzip',
      'content-type': 'application/json',
      digest: 'd',
      etag: 'e',
      'openai-processing-ms': '5',
      'repr-digest': 'r',
      'retry-after-ms': '7',
      'x-ratelimit-remaining-requests': '1',
      'x-request-id': 'req',
      'x-should-retry': 'true',
      'x-sluice-exchange-id': 'ex_1',
    })
  })

  test('what was said of the provider’s bytes is not said of ours', () => {
    const returned = responseHeaders(provider, 'ex_1', true)
    for (const name of ['content-encoding', 'digest', 'etag', 'repr-digest']) expect(returned.has(name)).toBe(false)
    expect(returned.get('x-request-id')).toBe('req')
  })
})
