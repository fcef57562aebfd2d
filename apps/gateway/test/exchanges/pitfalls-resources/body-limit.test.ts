import { describe, expect, test } from 'bun:test'
import { gzipSync } from 'node:zlib'
import { connectRaw, json } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served, utf8 } from '../pitfalls/served.ts'

const maxBodyBytes = 100_000
const gateway = served({ config: { limits: { maxBodyBytes } } })
const chat = '/v1/chat/completions'

/** A request of exactly so many bytes. */
function bodyOf(bytes: number): string {
  const empty = JSON.stringify(prompt('')).length
  return JSON.stringify(prompt('x'.repeat(bytes - empty)))
}

const tooLarge = (when = '') => ({ error: `The body is over the limit of ${maxBodyBytes} bytes${when}.` })
const head = (more: string) => {
  const own = Object.entries({ 'content-type': 'application/json', ...gateway.sluice.headers() })
  const lines = own.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  return `POST ${chat} HTTP/1.1\r\nhost: ${new URL(gateway.sluice.url).host}\r\n${lines}${more}\r\n`
}

describe('a body over the limit is 413', () => {
  test('declared', async () => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const at = await gateway.send(chat, bodyOf(maxBodyBytes))
    expect(at.status).toBe(200)
    const requests = gateway.upstream.requests.length
    const over = await gateway.send(chat, bodyOf(maxBodyBytes + 1))
    expect([over.status, over.json()]).toEqual([413, tooLarge()])
    expect(over.header('x-should-retry')).toBe('false')
    expect(await gateway.record(over)).toMatchObject({ outcome: 'refused', code: 'SLUICE_BODY_TOO_LARGE', status: 413 })
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test('declared: refused before it is read', async () => {
    using connection = await connectRaw(gateway.sluice.url)
    await connection.send(`${head('content-length: 1000000000000\r\n')}{"model":`)
    const answer = await connection.read()
    expect([answer.status, answer.json()]).toEqual([413, tooLarge()])
  })

  test('in chunks, whatever they are', async () => {
    const requests = gateway.upstream.requests.length
    for (const size of [1000, 60_000, 200_000]) {
      using connection = await connectRaw(gateway.sluice.url)
      await connection.send(head('transfer-encoding: chunked\r\n'))
      const chunk = `${size.toString(16)}\r\n${' '.repeat(size)}\r\n`
      const answer = connection.read()
      for (let sent = 0; sent <= maxBodyBytes; sent += size) await connection.send(chunk)
      const { status, json } = await answer
      expect([size, status, json()]).toEqual([size, 413, tooLarge()])
    }
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test('in chunks, at the limit: it passes', async () => {
    using connection = await connectRaw(gateway.sluice.url)
    const body = bodyOf(maxBodyBytes)
    await connection.send(head('transfer-encoding: chunked\r\n'))
    for (const half of [body.slice(0, 50_000), body.slice(50_000)]) {
      await connection.send(`${half.length.toString(16)}\r\n${half}\r\n`)
    }
    await connection.send('0\r\n\r\n')
    expect((await connection.read()).status).toBe(200)
    expect(gateway.upstream.requests.at(-1)?.text()).toBe(body)
  })

  test('when decoded: a bomb', async () => {
    const requests = gateway.upstream.requests.length
    const bomb = new Uint8Array(gzipSync(utf8(bodyOf(50_000_000))))
    expect(bomb.length).toBeLessThan(maxBodyBytes)
    const answer = await gateway.send(chat, bomb, { headers: [['content-encoding', 'gzip']] })
    expect([answer.status, answer.json()]).toEqual([413, tooLarge(' when decoded')])
    expect(gateway.upstream.requests).toHaveLength(requests)
  })

  test('of a key that nobody issued: not even read', async () => {
    const headers = [['x-detection-key', `detect_live_${'x'.repeat(40)}`]] as const
    expect((await gateway.send(chat, bodyOf(1_000_000), { headers })).status).toBe(401)
  })
})
