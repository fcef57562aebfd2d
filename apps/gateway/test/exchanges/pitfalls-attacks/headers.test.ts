import { describe, expect, test } from 'bun:test'
import { type HeaderList, json, type RawResponse, rawRequest } from '@sluice/testing'
import { runtime } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({ apps: { app: {}, other: { status: 'suspended' } } })
const chat = '/v1/chat/completions'
const body = JSON.stringify(prompt('hi'))
const json200 = json(whole([{ content: 'ok' }]))
const common: HeaderList = [
  ['Content-Type', 'application/json'],
  ['Authorization', 'Bearer sk-1'],
]

async function send(headers: HeaderList): Promise<RawResponse> {
  gateway.upstream.respond(json200)
  const key = ['X-Detection-Key', gateway.sluice.key()] as const
  const all = [
    ...(headers.some(([name]) => name.toLowerCase() === 'x-detection-key') ? [] : [key]),
    ...common,
    ...headers,
  ]
  return rawRequest(`${gateway.sluice.url}${chat}`, { method: 'POST', headers: all, body })
}

/** What the provider got, names in lower case, sorted; not the framing, which is the connection's own. */
function arrived(): readonly (readonly [string, string])[] {
  const request = gateway.upstream.requests.at(-1)
  return [...(request?.headers ?? [])]
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => !['content-length', 'transfer-encoding', 'connection'].includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
}

/** What the runtime adds where a client says nothing. */
const added: Readonly<Record<typeof runtime, HeaderList>> = {
  bun: [
    ['accept', '*/*'],
    ['user-agent', expect.stringMatching(/^Bun\//)],
  ],
  deno: [
    ['accept', '*/*'],
    ['accept-encoding', 'identity'],
    ['accept-language', '*'],
    ['user-agent', expect.stringMatching(/^Deno\//)],
  ],
}
const expected = (more: HeaderList = []): HeaderList =>
  [
    ...added[runtime].filter(([name]) => !more.some(([own]) => own === name)),
    ['authorization', 'Bearer sk-1'] as const,
    ['content-type', 'application/json'] as const,
    ['host', new URL(gateway.upstream.url).host] as const,
    ...more,
  ].sort(([a], [b]) => (a < b ? -1 : 1))

describe('56 header tricks', () => {
  test('a snapshot of what the provider gets of a plain request', async () => {
    expect((await send([])).status).toBe(200)
    expect(arrived()).toEqual(expected())
  })

  test('a copied Host, forwarding, method override, forged headers of ours: none of it goes up', async () => {
    const tricks: HeaderList = [
      ['X-Forwarded-For', '127.0.0.1'],
      ['X-Forwarded-Host', 'evil.example'],
      ['X-Forwarded-Proto', 'https'],
      ['X-Forwarded-Port', '1'],
      ['X-Forwarded-Prefix', '/x'],
      ['X-Forwarded-Server', 'x'],
      ['Forwarded', 'for=127.0.0.1;host=evil.example'],
      ['X-Real-IP', '127.0.0.1'],
      ['X-Original-Host', 'evil.example'],
      ['X-Original-URL', '/v1/files'],
      ['X-Rewrite-URL', '/v1/files'],
      ['X-HTTP-Method', 'DELETE'],
      ['X-HTTP-Method-Override', 'DELETE'],
      ['X-Method-Override', 'DELETE'],
      ['X-Sluice-Exchange-Id', 'ex_forged'],
      ['X-SLUICE-APP', 'ac_forged'],
      ['Proxy-Authorization', 'Basic eDp5'],
      ['Proxy-Connection', 'keep-alive'],
      ['Keep-Alive', 'timeout=5'],
      ['TE', 'trailers'],
      ['Trailer', 'x-a'],
      ['Upgrade', 'h2c'],
      ['Expect', 'x'],
      ['Range', 'bytes=0-1'],
      ['If-Range', 'x'],
    ]
    const answer = await send(tricks.filter(([name]) => name !== 'Expect'))
    expect(answer.status).toBe(200)
    expect(answer.header('x-sluice-exchange-id')).toMatch(/^ex_[A-Za-z0-9]{20}$/)
    expect(arrived()).toEqual(expected())
  })

  test('a Host of elsewhere goes nowhere', async () => {
    for (const host of ['evil.example', 'evil.example:80', '[::1]:1', 'x']) {
      expect([host, (await send([['Host', host]])).status]).toEqual([host, 200])
      expect(arrived()).toEqual(expected())
    }
  })

  test('a Host that is none is 400, or ends the connection', async () => {
    const requests = gateway.upstream.requests.length
    for (const host of ['evil/v1/files?', 'user@evil', 'a b', 'x#y', 'x\\y', '<x>', '']) {
      const status = await send([['Host', host]]).then(
        (answer) => answer.status,
        () => 400,
      )
      expect([host, status]).toEqual([host, 400])
    }
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test('a Connection that names an end-to-end header is 400', async () => {
    const requests = gateway.upstream.requests.length
    for (const value of [
      'authorization',
      'close, X-Detection-Key',
      'keep-alive,content-type',
      'x-own',
      'Close, Cookie',
    ]) {
      const answer = await send([['Connection', value]])
      expect([value, answer.status]).toEqual([value, 400])
      expect(answer.json()).toEqual({ error: 'The Connection header names an end-to-end header.' })
    }
    expect(gateway.upstream.requests).toHaveLength(requests)
    for (const value of ['close', 'keep-alive', 'TE, close', 'Keep-Alive, Upgrade', '']) {
      expect([value, (await send([['Connection', value]])).status]).toEqual([value, 200])
    }
  })

  test('a detection key in any other place is 400, and never goes up', async () => {
    const requests = gateway.upstream.requests.length
    const key = gateway.sluice.key()
    for (const name of ['Authorization', 'X-Copy', 'Cookie', 'User-Agent', 'OpenAI-Organization', 'Referer']) {
      for (const value of [key, `Bearer ${key}`, `a=1; key=${gateway.sluice.key('other')}`]) {
        const all: HeaderList = [
          ['X-Detection-Key', key],
          ['Content-Type', 'application/json'],
          [name, value],
        ]
        const answer = await rawRequest(`${gateway.sluice.url}${chat}`, { method: 'POST', headers: all, body })
        expect([name, answer.status]).toEqual([name, 400])
        expect(answer.text()).not.toContain(key)
      }
    }
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test('a doubled key header is no key, in whatever order, and the second of another AppContext', async () => {
    const requests = gateway.upstream.requests.length
    const own = gateway.sluice.key()
    for (const other of [own, gateway.sluice.key('other'), 'x', '']) {
      for (const pair of [
        [own, other],
        [other, own],
      ]) {
        const doubled = pair.map((value, at) => [at === 0 ? 'X-Detection-Key' : 'x-detection-key', value] as const)
        const answer = await send(doubled)
        expect([pair.indexOf(other), answer.status]).toEqual([pair.indexOf(other), 401])
      }
    }
    for (const value of [`${own}, `, `, ${own}`, `${own},${own}`, `Bearer ${own}`, own.toUpperCase()]) {
      expect((await send([['X-Detection-Key', value]])).status).toBe(401)
    }
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test('what comes back: no hop-by-hop header, no forged one of ours, no second length', async () => {
    gateway.upstream.respond(
      json(whole([{ content: 'ok' }]), {
        headers: [
          ['Keep-Alive', 'timeout=5'],
          ['Proxy-Authenticate', 'Basic'],
          ['X-Sluice-Exchange-Id', 'ex_forged'],
          ['X-Sluice-Own', 'x'],
          ['X-Request-Id', 'req-1'],
        ],
      }),
    )
    const answer = await gateway.send(chat, body)
    const names = answer.headers.map(([name]) => name.toLowerCase())
    for (const name of ['keep-alive', 'proxy-authenticate', 'x-sluice-own']) expect(names).not.toContain(name)
    expect(names.filter((name) => name === 'x-sluice-exchange-id')).toHaveLength(1)
    expect(answer.header('x-sluice-exchange-id')).not.toBe('ex_forged')
    expect(answer.header('x-request-id')).toBe('req-1')
    expect(names.filter((name) => name === 'content-length' || name === 'transfer-encoding')).toHaveLength(1)
  })
})
