import { expect, test } from 'bun:test'
import { dropProxies, refuseLoop, refuseUnsafe } from './environment.ts'

test('a gateway that would believe any certificate does not start', () => {
  expect(() => refuseUnsafe({ NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toThrow('NODE_TLS_REJECT_UNAUTHORIZED')
  expect(() => refuseUnsafe({ NODE_TLS_REJECT_UNAUTHORIZED: '1' })).not.toThrow()
  expect(() => refuseUnsafe({})).not.toThrow()
})

test('proxies of the environment are taken out of it', () => {
  const environment: Record<string, string | undefined> = {
    HTTP_PROXY: 'http://x',
    https_proxy: 'http://y',
    NO_PROXY: 'z',
  }
  expect(dropProxies(environment)).toEqual(['HTTP_PROXY', 'https_proxy'])
  expect(environment).toEqual({ NO_PROXY: 'z' })
})

test('a base URL that is the gateway itself is refused under each of its names', () => {
  const listening = { host: '127.0.0.1', port: 8787 }
  for (const origin of [
    'http://127.0.0.1:8787',
    'http://localhost:8787',
    'http://[::1]:8787',
    'http://127.1.2.3:8787',
  ]) {
    expect(() => refuseLoop(['https://api.openai.com', origin], listening)).toThrow(origin)
  }
  expect(() => refuseLoop(['http://gw.example'], { host: 'GW.example', port: 80 })).toThrow('gw.example')
  expect(() => refuseLoop(['http://127.0.0.1:8788', 'https://api.openai.com'], listening)).not.toThrow()
})
