import { describe, expect, test } from 'bun:test'
import { json, rawRequest } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({})
const chat = '/v1/chat/completions'
const body = JSON.stringify(prompt('hi'))

async function ask(method: string, target: string, withBody = method === 'POST') {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const headers = { 'content-type': 'application/json', ...gateway.sluice.headers() }
  const request = { method, target, headers, ...(withBody ? { body } : {}) }
  return rawRequest(gateway.sluice.url, request, { method })
}

/** The same answer on Bun and on Deno; `closed`: by the runtime itself, with an answer of its own or with none. */
async function outcome(method: string, target: string): Promise<number | 'closed'> {
  try {
    const { status, header } = await ask(method, target)
    return header('x-sluice-exchange-id') === undefined ? 'closed' : status
  } catch {
    return 'closed'
  }
}

describe('57 paths and methods', () => {
  const targets: Readonly<Record<string, readonly [target: string, status: number, up?: string]>> = {
    'as it should be': [chat, 200, chat],
    'with a query': [`${chat}?a=b&a=c&%64=%65+`, 200, `${chat}?a=b&a=c&%64=%65+`],
    'with an empty query': [`${chat}?`, 200],
    'a slash behind it': [`${chat}/`, 404],
    'two slashes': ['/v1//chat/completions', 404],
    'two slashes before it': [`/${chat}`, 404],
    'an encoded slash': ['/v1/chat%2Fcompletions', 404],
    'an encoded slash in lower case': ['/v1/chat%2fcompletions', 404],
    'an encoded letter': ['/v1/chat/%63ompletions', 404],
    'another case': ['/v1/Chat/completions', 404],
    'another version': ['/v2/chat/completions', 404],
    'a matrix parameter': ['/v1/chat;a=b/completions', 404],
    'a matrix parameter behind it': [`${chat};a=b`, 404],
    'a dot segment into it': ['/v1/x/../chat/completions', 200, chat],
    'an encoded dot segment into it': ['/v1/x/%2e%2E/chat/completions', 200, chat],
    'a dot segment out of it': [`${chat}/../../threads`, 404],
    'a dot segment out of everything': ['/../../v1/threads', 404],
    'a NUL': [`${chat}%00`, 404],
    'a suffix': [`${chat}.json`, 404],
    'an id with a slash': ['/v1/batches/a%2Fb/cancel', 404],
    'an id of dots': ['/v1/models/..', 404],
    'an id that is too long': [`/v1/batches/${'a'.repeat(257)}/cancel`, 404],
    'an id with a space': ['/v1/batches/a%20b/cancel', 404],
    'an encoded query': [`${chat}%3Fa=b`, 404],
    nothing: ['/', 404],
    'only the version': ['/v1', 404],
  }
  test.each(Object.entries(targets))('%s', async (_, [target, status, up]) => {
    const requests = gateway.upstream.requests.length
    expect(await outcome('POST', target)).toBe(status)
    expect(gateway.upstream.requests).toHaveLength(requests + (status === 200 ? 1 : 0))
    if (up !== undefined) expect(gateway.upstream.requests.at(-1)?.target).toBe(up)
  })

  test('an absolute target does not choose the host', async () => {
    expect([200, 'closed']).toContain(await outcome('POST', `http://evil.example${chat}`))
    expect(gateway.upstream.requests.at(-1)?.header('host')).toBe(new URL(gateway.upstream.url).host)
  })

  test('a method that is not the operation’s is 404, or not taken at all', async () => {
    const requests = gateway.upstream.requests.length
    for (const method of ['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']) {
      expect([method, await outcome(method, chat)]).toEqual([method, 404])
    }
    for (const method of ['GeT', 'post', 'FOO', 'POST2', 'CONNECT']) {
      expect([method, [404, 'closed'].includes(await outcome(method, chat))]).toEqual([method, true])
    }
    for (const method of ['POST', 'DELETE', 'PUT', 'HEAD']) {
      expect([method, await outcome(method, '/v1/models')]).toEqual([method, 404])
    }
    expect(await outcome('GET', '/v1/batches/batch_1/cancel')).toBe(404)
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test('an unknown route names those there are, and its own name is not on record', async () => {
    const answer = await ask('POST', '/v1/own-secret-name')
    expect(answer.json()).toEqual({ error: expect.stringContaining('POST /v1/chat/completions') })
    expect(answer.text()).not.toContain('own-secret-name')
    expect(JSON.stringify(await gateway.record(answer))).not.toContain('own-secret-name')
  })

  test('ids go up as they are', async () => {
    for (const id of ['batch_1', 'ft:gpt-4o:org::abc', 'a.b-c_d', 'A'.repeat(256)]) {
      expect(await outcome('GET', `/v1/models/${id}`)).toBe(200)
      expect(gateway.upstream.requests.at(-1)?.target).toBe(`/v1/models/${id}`)
    }
  })
})
