import { afterAll, expect, test } from 'bun:test'
import { createServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { coreHost } from './core-host.ts'

const packed = gzipSync('{"a":1}')
let elsewhere = 0
const server = Bun.serve({
  hostname: '127.0.0.1',
  port: 0,
  fetch(request) {
    const { pathname } = new URL(request.url)
    if (pathname === '/moved') return new Response('', { status: 307, headers: { location: '/elsewhere' } })
    if (pathname === '/elsewhere') elsewhere += 1
    if (pathname === '/cookies') {
      const headers = new Headers({ 'set-cookie': 'a=1' })
      headers.append('set-cookie', 'b=2')
      return new Response('', { headers })
    }
    return new Response(packed, { headers: { 'content-encoding': 'gzip', 'content-type': 'application/json' } })
  },
})
const url = (path: string) => `http://127.0.0.1:${server.port}${path}`
const get = (path: string, signal = new AbortController().signal) =>
  coreHost.fetch(url(path), { method: 'GET', headers: new Headers(), body: undefined, signal })
afterAll(() => server.stop(true))

test('a coded body comes as it was sent, and its headers tell so', async () => {
  const response = await get('/')
  expect(response.headers.get('content-encoding')).toBe('gzip')
  expect(new Uint8Array(await new Response(response.body).arrayBuffer())).toEqual(new Uint8Array(packed))
})

test('a redirect is answered, not followed: its target would get the credentials', async () => {
  const response = await get('/moved')
  expect(response.status).toBe(307)
  expect(elsewhere).toBe(0)
})

test('cookies stay apart', async () => {
  expect((await get('/cookies')).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
})

test('an abort ends the call', async () => {
  const abort = new AbortController()
  abort.abort()
  expect(get('/', abort.signal)).rejects.toThrow()
})

test('connect tells a listener from a closed port', async () => {
  expect(await coreHost.connect(url('/'), 1000)).toBe('connected')
  const closed = createServer()
  const port = await new Promise<number>((resolve) => {
    closed.listen(0, '127.0.0.1', () => {
      const address = closed.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  await new Promise((resolve) => closed.close(resolve))
  expect(await coreHost.connect(`http://127.0.0.1:${port}`, 1000)).toBe('refused')
})

test('hashes are those of FIPS 180-4 and RFC 4231', () => {
  expect(coreHost.sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  const jefe = Buffer.from('Jefe').toString('hex')
  expect(coreHost.hmac(jefe, 'what do ya want for nothing?')).toBe(
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  )
})

test('texts of different length are compared too', () => {
  expect(coreHost.timingSafeEqual('a', 'a')).toBe(true)
  expect(coreHost.timingSafeEqual('a', 'ab')).toBe(false)
  expect(coreHost.timingSafeEqual('', '')).toBe(true)
})

test('random ids have the length and the letters asked for, each about as often', () => {
  expect(coreHost.randomId(12)).toMatch(/^[A-Za-z0-9]{12}$/)
  const counts = new Map<string, number>()
  for (const letter of coreHost.randomId(62_000)) counts.set(letter, (counts.get(letter) ?? 0) + 1)
  expect(counts.size).toBe(62)
  expect(Math.min(...counts.values())).toBeGreaterThan(800)
  expect(Math.max(...counts.values())).toBeLessThan(1200)
})
