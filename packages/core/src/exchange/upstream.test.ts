import { describe, expect, test } from 'bun:test'
import { host as fakeHost, reply, type Upstream } from '../../test/fakes.ts'
import type { Host } from '../protocol/host.ts'
import { Refused } from './refusals.ts'
import { CallLife, UpstreamCalls } from './upstream.ts'

const origin = 'https://provider.example'
const timeouts = { connectMs: 50, firstByteMs: 30, idleMs: 30, socketIdleMs: 60_000 }
const init = { method: 'POST', headers: new Headers(), body: undefined }
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** Never answers, and rejects when the call is given up, as `fetch` does. */
const silent: Upstream = ({ signal }) =>
  new Promise((_, reject) => {
    const fail = () => reject(new Error('aborted'))
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail)
  })

function calls(upstream: Upstream, members: Partial<Host> = {}) {
  const client = new AbortController()
  const host = fakeHost(upstream, members)
  const life = new CallLife(client.signal, host.clock)
  const upstreams = new UpstreamCalls(host, timeouts)
  const call = async () => {
    const result = await upstreams.call(origin, `${origin}/v1/chat`, init, life)
    return result instanceof Refused ? result.code : result.status
  }
  return { client, life, call, upstreams }
}

describe('a call', () => {
  test('is answered', async () => {
    expect(await calls(() => reply('{}')).call()).toBe(200)
  })

  test('that finds nobody is 502, that is not taken up in time 504', async () => {
    const connecting = (result: 'refused' | 'timeout') =>
      calls(() => reply('{}'), { connect: async () => result }).call()
    expect(await connecting('refused')).toBe('SLUICE_UPSTREAM_UNREACHABLE')
    expect(await connecting('timeout')).toBe('SLUICE_UPSTREAM_TIMEOUT')
  })

  test('that is lost is 502, whatever was thrown', async () => {
    const lost = () => Promise.reject(new Error('10.0.0.1 reset'))
    expect(await calls(lost).call()).toBe('SLUICE_UPSTREAM_UNREACHABLE')
    expect(await calls(() => reply('{}'), { connect: lost }).call()).toBe('SLUICE_UPSTREAM_UNREACHABLE')
  })

  test('without a first byte is given up, 504', async () => {
    const { call, life } = calls(silent)
    expect(await call()).toBe('SLUICE_UPSTREAM_TIMEOUT')
    expect(life.givenUp).toBe('timeout')
  })

  test('ends when its client leaves', async () => {
    const { call, client, life } = calls(silent)
    setTimeout(() => client.abort(), 5)
    expect(await call()).toBe('SLUICE_UPSTREAM_UNREACHABLE')
    expect(life.givenUp).toBe('client-gone')
  })

  test('whose client has left already is not made', async () => {
    let made = 0
    const { call, client } = calls(
      () => {
        made++
        return reply('{}')
      },
      {
        connect: () => {
          made++
          return Promise.resolve('connected')
        },
      },
    )
    client.abort()
    expect(await call()).toBe('SLUICE_UPSTREAM_UNREACHABLE')
    expect(made).toBe(0)
  })

  test('probes the connection once, and again after a failure and after a while', async () => {
    let probes = 0
    let now = 0
    let broken = false
    const { call } = calls(() => (broken ? Promise.reject(new Error('reset')) : reply('{}')), {
      connect: () => {
        probes++
        return Promise.resolve('connected')
      },
      clock: () => now,
    })
    await call()
    await call()
    expect(probes).toBe(1)
    broken = true
    await call()
    broken = false
    await call()
    expect(probes).toBe(2)
    now = 30_001
    await call()
    expect(probes).toBe(3)
  })

  test('leaves no timer', async () => {
    const { call, life } = calls(() => reply('{}'))
    await call()
    await pause(40)
    expect(life.givenUp).toBeUndefined()
  })
})

describe('an adapter that asks before it says where to', () => {
  const to = { url: `${origin}/x`, set: {}, remove: [] }

  test('is waited for, as long as for a first byte, or as its client stays', async () => {
    const ready = calls(silent)
    expect(await ready.upstreams.address(to, ready.life)).toBe(to)
    expect(await ready.upstreams.address(Promise.resolve(to), ready.life)).toBe(to)
    expect(await ready.upstreams.address(new Promise(() => undefined), ready.life)).toMatchObject({
      code: 'SLUICE_UPSTREAM_TIMEOUT',
    })
    const left = calls(silent)
    setTimeout(() => left.client.abort(), 5)
    expect(await left.upstreams.address(new Promise(() => undefined), left.life)).toMatchObject({
      code: 'SLUICE_UPSTREAM_UNREACHABLE',
    })
  })
})

describe('a life', () => {
  const make = () => {
    let now = 0
    const client = new AbortController()
    const sleep = (ms: number) => {
      now += ms
    }
    return { client, life: new CallLife(client.signal, () => now), sleep }
  }

  test('ends when nothing is heard, and not while something is', async () => {
    const { life, sleep } = make()
    life.wait(20)
    sleep(15)
    life.heard()
    await pause(25)
    expect(life.givenUp).toBeUndefined()
    sleep(20)
    await pause(30)
    expect(life.givenUp).toBe('timeout')
    expect(life.signal.aborted).toBe(true)
    life.release()
  })

  test('tells a client that takes nothing from a provider that says nothing', async () => {
    const { life, sleep } = make()
    life.wait(5)
    life.given()
    sleep(4)
    life.asked()
    sleep(4)
    await pause(10)
    expect(life.givenUp).toBeUndefined()
    sleep(4)
    await pause(10)
    expect(life.givenUp).toBe('timeout')
    const slow = make()
    slow.life.wait(5)
    slow.life.given()
    slow.sleep(100)
    await pause(10)
    expect(slow.life.givenUp).toBe('client-gone')
  })

  test('rests', async () => {
    const { life, sleep } = make()
    life.wait(5)
    sleep(100)
    life.rest()
    await pause(10)
    expect(life.givenUp).toBeUndefined()
  })

  test('waits by the last word only: one timer at a time', async () => {
    const { life, sleep } = make()
    life.wait(5)
    life.wait(1000)
    sleep(500)
    await pause(10)
    expect(life.givenUp).toBeUndefined()
    life.release()
  })

  test('ends once, for its first reason', () => {
    const { life, client } = make()
    life.end('closing')
    client.abort()
    life.end('timeout')
    expect(life.givenUp).toBe('closing')
  })

  test('of a client that has left is over at once; released, it listens no more', () => {
    const gone = new AbortController()
    gone.abort()
    expect(new CallLife(gone.signal, () => 0).givenUp).toBe('client-gone')
    const { life, client } = make()
    life.release()
    client.abort()
    expect(life.givenUp).toBeUndefined()
  })
})
