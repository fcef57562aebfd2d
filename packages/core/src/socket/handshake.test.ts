import { describe, expect, test } from 'bun:test'
import { operation } from '../../test/fakes.ts'
import { Refused } from '../exchange/refusals.ts'
import { handshakeOf, keyOffered } from './handshake.ts'

const plain = {
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}
const key = `detect_live_${'k'.repeat(32)}`
const route = operation({
  transport: 'websocket',
  socket: {
    session: () => ({ readClient: fail, readServer: fail }),
    credentials: (protocols) =>
      protocols.flatMap((protocol) =>
        protocol.startsWith('key.') ? [['authorization', protocol.slice('key.'.length)] as const] : [],
      ),
    refuse: fail,
  },
})

function fail(): never {
  throw new Error('not asked for')
}

function read(headers: Readonly<Record<string, string>>, method = 'GET') {
  const read = handshakeOf(new Request('http://h/v1/realtime', { method, headers: { ...plain, ...headers } }), route)
  return read instanceof Refused ? read.code : { protocols: read.protocols, key: read.credentials.get('authorization') }
}

const offering = (protocols: string) => ({ 'sec-websocket-protocol': protocols })

describe('a handshake', () => {
  test('without protocols, with some, and with our key among them', () => {
    expect(read({})).toEqual({ protocols: [], key: null })
    expect(read(offering('realtime, other.v1'))).toEqual({ protocols: ['realtime', 'other.v1'], key: null })
    expect(read(offering(`sluice-detection-key.${key}, realtime`))).toEqual({ protocols: ['realtime'], key: null })
    expect(read(offering('realtime,key.sk-1'))).toEqual({ protocols: ['realtime', 'key.sk-1'], key: 'sk-1' })
  })

  test('that is none', () => {
    expect(read({ upgrade: 'h2c' })).toBe('SLUICE_UPGRADE_REQUIRED')
    expect(read({}, 'POST')).toBe('SLUICE_UPGRADE_REQUIRED')
    expect(read({ 'sec-websocket-version': '8' })).toBe('SLUICE_UPGRADE_REQUIRED')
    for (const wrong of ['', 'short', 'dGhlIHNhbXBsZSBub25jZQ', 'dGhlIHNhbXBsZSBub25jZQ==, x']) {
      expect(read({ 'sec-websocket-key': wrong })).toBe('SLUICE_REQUEST_MALFORMED')
    }
    for (const wrong of ['a, a', 'a b', 'a,,b', 'a/b', Array.from({ length: 17 }, (_, at) => `p${at}`).join()]) {
      expect(read(offering(wrong))).toBe('SLUICE_REQUEST_MALFORMED')
    }
  })

  test('with two credentials of one kind, or with our key where it would be sent on', () => {
    expect(read({ ...offering('key.sk-1'), authorization: 'sk-2' })).toBe('SLUICE_REQUEST_MALFORMED')
    expect(read(offering(`key.${key}`))).toBe('SLUICE_KEY_MISPLACED')
  })
})

test('the key that a client offers is found, and two are none', () => {
  const offered = (protocols: string, headers = plain) =>
    keyOffered(new Request('http://h/', { headers: { ...headers, ...offering(protocols) } }))
  expect(offered(`realtime, sluice-detection-key.${key}`)).toBe(key)
  expect(offered('realtime')).toBeUndefined()
  expect(offered(`sluice-detection-key.${key}, sluice-detection-key.x`)).toBe(`${key}, x`)
  expect(offered(`sluice-detection-key.${key}`, { ...plain, upgrade: '' })).toBeUndefined()
})
