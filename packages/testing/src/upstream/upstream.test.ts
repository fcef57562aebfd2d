import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { everySplit } from '../split/index.ts'
import { bytes, connectRaw, json, rawRequest, sse, startUpstream, type Upstream } from './index.ts'

let upstream: Upstream
beforeEach(async () => {
  upstream = await startUpstream()
})
afterEach(() => upstream.close())

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('what came', () => {
  test('keeps target, header order and case, doubled headers, raw head and body', async () => {
    upstream.respond(json({ ok: true }))
    const sent =
      "POST /a/../%2F?q='x' HTTP/1.1\r\nhOST: a\r\nX-A:  1 \r\nx-a: \xe9\r\nContent-Length: 3\r\n\r\n\xff\x00z"
    await rawRequest(
      upstream.url,
      Uint8Array.from(sent, (character) => character.charCodeAt(0)),
    )
    const [request] = upstream.requests
    expect(request?.method).toBe('POST')
    expect(request?.target).toBe("/a/../%2F?q='x'")
    expect(request?.httpVersion).toBe('1.1')
    expect(request?.headers).toEqual([
      ['hOST', 'a'],
      ['X-A', '1'],
      ['x-a', 'é'],
      ['Content-Length', '3'],
    ])
    expect(request?.body).toEqual(new Uint8Array([0xff, 0, 0x7a]))
    expect(String.fromCharCode(...(request?.rawHead ?? []), ...(request?.rawBody ?? []))).toBe(sent)
    expect(request?.complete).toBe(true)
  })

  test('reads a chunked body however it is cut, and keeps its framing beside it', async () => {
    upstream.respond(json('{}'))
    const raw = '5;x=y\r\nhello\r\n3\r\n, w\r\n0\r\nTrailer: 1\r\n\r\n'
    const request = `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n${raw}`
    for (const { name, pieces } of everySplit(request, { random: 4 })) {
      using connection = await connectRaw(upstream.url)
      for (const piece of pieces) await connection.send(piece)
      await connection.read()
      const seen = upstream.requests.at(-1)
      expect([name, seen?.text(), new TextDecoder().decode(seen?.rawBody)]).toEqual([name, 'hello, w', raw])
    }
  })

  test('asks for a body that waits for 100 Continue', async () => {
    upstream.respond(json('{}'))
    using connection = await connectRaw(upstream.url)
    await connection.send('POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n')
    const answer = connection.read()
    await connection.send('hi')
    expect((await answer).interim).toEqual([100])
    expect(upstream.requests[0]?.text()).toBe('hi')
  })

  test('keeps a connection alive, reads pipelined requests, and serves connections side by side', async () => {
    upstream.respond((exchange) => json(exchange.request.target)(exchange))
    using connection = await connectRaw(upstream.url)
    await connection.send('GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\n\r\n')
    expect((await connection.read()).text()).toBe('/1')
    expect((await connection.read()).text()).toBe('/2')
    const many = await Promise.all(Array.from({ length: 20 }, (_, n) => fetch(`${upstream.url}/n${n}`)))
    expect(await Promise.all(many.map((response) => response.text()))).toEqual(many.map((_, n) => `/n${n}`))
    expect(upstream.requests.slice(0, 2).map((request) => request.connection)).toEqual([0, 0])
  })

  test('records a request cut off within its body, and asks no responder', async () => {
    using connection = await connectRaw(upstream.url)
    await connection.send('POST /half HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf')
    connection.reset()
    await upstream.until(() => upstream.requests.length === 1)
    expect(upstream.requests[0]?.complete).toBe(false)
    expect(upstream.requests[0]?.text()).toBe('half')
    expect(upstream.exchanges).toEqual([])
  })
})

describe('responders', () => {
  test('queued ones are used once, in order, then the standing one', async () => {
    upstream.respond(json('standing'))
    upstream.once(json('first', { status: 429, headers: { 'Retry-After': '3' } }))
    upstream.once(json({ second: 2 }))
    const answers = []
    for (let n = 0; n < 4; n++) answers.push(await rawRequest(upstream.url))
    expect(answers.map((answer) => answer.text())).toEqual(['first', '{"second":2}', 'standing', 'standing'])
    expect(answers[0]?.status).toBe(429)
    expect(answers[0]?.headers).toEqual([
      ['Retry-After', '3'],
      ['content-type', 'application/json'],
      ['content-length', '5'],
    ])
  })

  test('without one the answer says so', async () => {
    expect((await rawRequest(upstream.url)).status).toBe(501)
  })

  test('bytes go out as they are', async () => {
    upstream.respond(bytes('HTTP/1.1 200 Fine\r\nSet-Cookie: a\r\nset-cookie: b\r\nContent-Length: 9\r\n\r\nfour'))
    const answer = await rawRequest(upstream.url)
    expect([answer.reason, answer.text(), answer.end]).toEqual(['Fine', 'four', 'closed'])
    expect(answer.headers.slice(0, 2)).toEqual([
      ['Set-Cookie', 'a'],
      ['set-cookie', 'b'],
    ])
  })

  test('a stream arrives whole whatever the split', async () => {
    const frames = [{ n: 1 }, ': ping\n\n', 'data: 😀\r\n\r\n', 'data: [DONE]\n\n']
    const text = 'data: {"n":1}\n\n: ping\n\ndata: 😀\r\n\r\ndata: [DONE]\n\n'
    for (const end of ['chunked', 'close'] as const) {
      for (const split of [undefined, 1, 7, 'bytes', [0, 3, 3, 20]] as const) {
        upstream.respond(sse(frames, { end, ...(split === undefined ? {} : { split }) }))
        expect(await (await fetch(upstream.url)).text()).toBe(text)
      }
    }
  })

  test('pieces of a stream arrive apart when they are sent apart', async () => {
    upstream.respond(sse('abcdef', { split: [2, 5], delayMs: 40 }))
    const answer = await rawRequest(upstream.url)
    expect(answer.chunks.map((chunk) => new TextDecoder().decode(chunk.bytes))).toEqual(['ab', 'cde', 'f'])
    const [first = 0, , last = 0] = answer.chunks.map((chunk) => chunk.at)
    expect(last - first).toBeGreaterThan(60)
  })

  test('a stream ends as asked', async () => {
    const ends = []
    for (const end of ['chunked', 'close', 'cut', 'reset'] as const) {
      upstream.respond(sse(['data: 1\n\n', 'data: 2\n\n'], { end, delayMs: 20 }))
      ends.push((await rawRequest(upstream.url)).end)
    }
    expect(ends).toEqual(['complete', 'complete', 'closed', 'reset'])
    upstream.respond(sse(['data: 1\n\n'], { end: 'stall' }))
    const stalled = rawRequest(upstream.url, {}, { timeoutMs: 50 })
    await expect(stalled).rejects.toThrow('no complete response within 50 ms')
    await upstream.until(() => upstream.aborted.length === 1)
  })

  test('HEAD has a length and no body', async () => {
    upstream.respond(json('{}'))
    const answer = await rawRequest(upstream.url, { method: 'HEAD' })
    expect([answer.header('Content-Length'), answer.body.length, answer.end]).toEqual(['2', 0, 'complete'])
  })
})

describe('scripts', () => {
  test('write what they like at their own pace', async () => {
    upstream.script(async (exchange) => {
      await exchange.head(103, { link: '</x>' })
      await exchange.head(200, [
        ['X-One', '1'],
        ['Transfer-Encoding', 'chunked'],
      ])
      await exchange.chunk('a')
      await exchange.pause(30)
      await exchange.chunk(utf8('b'))
    })
    const answer = await rawRequest(upstream.url)
    expect([answer.interim, answer.text(), answer.end]).toEqual([[103], 'ab', 'complete'])
    const [first = 0, second = 0] = answer.chunks.map((chunk) => chunk.at)
    expect(second - first).toBeGreaterThan(20)
  })

  test('an answer short of its length is cut off', async () => {
    upstream.script(async (exchange) => {
      await exchange.head(200, { 'content-length': '10' })
      await exchange.write('short')
    })
    expect((await rawRequest(upstream.url)).end).toBe('closed')
  })

  test('an answer without any byte closes the connection', async () => {
    upstream.script((exchange) => exchange.end())
    await expect(rawRequest(upstream.url)).rejects.toThrow('the connection was closed')
    await upstream.until(() => upstream.requests.length === 1)
  })

  test('a fault resets the connection and is not lost', async () => {
    const faulty = await startUpstream()
    faulty.script(() => {
      throw new Error('a mistake of the test')
    })
    await rawRequest(faulty.url).catch(() => {})
    await faulty.until(() => faulty.open === 0)
    await expect(faulty.close()).rejects.toThrow('a mistake of the test')
  })
})

describe('a client that leaves', () => {
  test('is noticed while the script waits, and the time is kept', async () => {
    upstream.respond(sse(['data: 1\n\n'], { end: 'stall' }))
    const leave = new AbortController()
    const answer = await fetch(upstream.url, { signal: leave.signal })
    await answer.body?.getReader().read()
    expect([upstream.open, upstream.aborted.length]).toEqual([1, 0])
    const leftAt = performance.now()
    leave.abort()
    await upstream.until(() => upstream.open === 0)
    const [exchange] = upstream.aborted
    expect(await exchange?.aborted).toBe(exchange?.abortedAt ?? 0)
    expect((exchange?.abortedAt ?? 0) - leftAt).toBeLessThan(500)
  })

  test('stops a script that writes on and on', async () => {
    let stopped = false
    upstream.script(async (exchange) => {
      await exchange.head(200, { 'transfer-encoding': 'chunked' })
      try {
        while (true) {
          await exchange.chunk('x')
          await exchange.pause(1)
        }
      } finally {
        stopped = true
      }
    })
    const answer = await rawRequest(upstream.url, {}, { readUntil: 'xxx' })
    expect(answer.end).toBe('left')
    await upstream.until(() => upstream.aborted.length === 1)
    await Bun.sleep(5)
    expect(stopped).toBe(true)
  })

  test('is not one who has had the whole answer', async () => {
    upstream.respond(json('{}'))
    await rawRequest(upstream.url)
    await Bun.sleep(5)
    expect([upstream.exchanges[0]?.state, upstream.aborted.length]).toEqual(['ended', 0])
  })

  test('and one that does not read holds the script up', async () => {
    upstream.script(async (exchange) => {
      await exchange.head(200, { 'transfer-encoding': 'chunked' })
      while (true) await exchange.chunk(new Uint8Array(1 << 20))
    })
    using connection = await connectRaw(upstream.url)
    connection.pause()
    await connection.send('GET / HTTP/1.1\r\n\r\n')
    await upstream.until(() => upstream.exchanges.length === 1)
    await Bun.sleep(100)
    const before = upstream.exchanges[0]?.written ?? 0
    await Bun.sleep(100)
    expect(before).toBeGreaterThan(0)
    expect(upstream.exchanges[0]?.written).toBe(before)
  })
})

test('close cuts open exchanges at once', async () => {
  const own = await startUpstream()
  own.respond(sse(['data: 1\n\n'], { end: 'stall' }))
  const answer = rawRequest(own.url)
  await own.until(() => own.open === 1)
  const began = performance.now()
  await own.close()
  expect(performance.now() - began).toBeLessThan(500)
  expect((await answer).end).not.toBe('complete')
})

test('until names the condition that did not come true', async () => {
  await expect(upstream.until(() => upstream.connections === 7, 20)).rejects.toThrow('upstream.connections === 7')
})

test('rawRequest sends odd requests as they are', async () => {
  upstream.respond(json('{}'))
  await rawRequest(upstream.url, {
    method: 'PoST',
    target: '*',
    headers: [
      ['Authorization', 'a'],
      ['authorization', 'b'],
    ],
    body: 'é',
  })
  const [request] = upstream.requests
  expect([request?.method, request?.target]).toEqual(['PoST', '*'])
  expect(request?.headers).toEqual([
    ['host', upstream.url.slice('http://'.length)],
    ['Authorization', 'a'],
    ['authorization', 'b'],
    ['content-length', '2'],
  ])
})
