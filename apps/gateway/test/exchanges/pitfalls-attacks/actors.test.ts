import { describe, expect, test } from 'bun:test'
import type { ExchangeRecord } from '@sluice/core'
import { type HeaderList, json } from '@sluice/testing'
import { sha256 } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

/** Second keys of the AppContexts below: another caller of the same. */
const second = ['a', 'b', 'c', 'd'].map((letter) => `detect_live_${letter.repeat(40)}`)
const other = (at: number): HeaderList => [['x-detection-key', second[at] ?? '']]
const quarantine = { policies: ['quarantine'] }
const gateway = served({
  apps: {
    claims: quarantine,
    rotating: quarantine,
    shedding: quarantine,
    trusted: { ...quarantine, trustActorHeader: true },
    elsewhere: { ...quarantine, trustActorHeader: true },
    sessions: {},
  },
  config: {
    plugins: detectors,
    policies: [{ id: 'quarantine', match: { types: [needleType] }, action: 'QUARANTINE' }],
    keys: second.map((key, at) => ({
      app: `ac_${String(at).padStart(12, '0')}`,
      name: 'b',
      hash: `sha256:${sha256(key)}`,
    })),
  },
})
const chat = '/v1/chat/completions'
const bad = `a card ${needle}`

async function ask(app: string, body: object, headers: HeaderList = []) {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  return gateway.send(chat, body, { app, headers })
}
const statusOf = async (app: string, body: object, headers?: HeaderList) => (await ask(app, body, headers)).status
const recordOf = async (app: string, body: object, headers?: HeaderList) =>
  gateway.record(await ask(app, body, headers))

describe('52 spoofed or rotated actors', () => {
  test('a claim from key B leaves the same claim of key A, and key A, untouched', async () => {
    expect((await recordOf('claims', prompt(bad, { user: 'victim' }), other(0))).action).toBe('QUARANTINE')
    expect(await statusOf('claims', prompt('hi', { user: 'victim' }), other(0))).toBe(403)
    expect(await statusOf('claims', prompt('hi', { user: 'victim' }))).toBe(200)
    expect(await statusOf('claims', prompt('hi'))).toBe(200)
  })

  test('one claim does not bind its key; several do, and no further claim helps then', async () => {
    for (const user of ['one', 'two', 'three']) {
      expect(await statusOf('rotating', prompt('hi', { user }), other(1))).toBe(200)
      await ask('rotating', prompt(bad, { user }), other(1))
      expect(await statusOf('rotating', prompt('hi', { user }), other(1))).toBe(403)
    }
    expect(await statusOf('rotating', prompt('hi', { user: 'four' }), other(1))).toBe(403)
    expect(await statusOf('rotating', prompt('hi'), other(1))).toBe(403)
    // The other key of the AppContext is nobody's claim.
    expect(await statusOf('rotating', prompt('hi', { user: 'one' }))).toBe(200)
  })

  test('a quarantined key does not shed it by a claim, a header or a session', async () => {
    await ask('shedding', prompt(bad), other(2))
    const tries: readonly (readonly [object, HeaderList])[] = [
      [prompt('hi'), []],
      [prompt('hi', { user: 'new' }), []],
      [prompt('hi', { safety_identifier: 'new' }), []],
      [prompt('hi'), [['x-actor-id', 'new']]],
      [prompt('hi'), [['x-session-id', 'new']]],
    ]
    for (const [body, headers] of tries) expect(await statusOf('shedding', body, [...other(2), ...headers])).toBe(403)
  })

  test('a header names an actor only where callers are trusted with it', async () => {
    const named = [['x-actor-id', 'Ada']] as const
    expect((await recordOf('claims', prompt('hi'), named)).actor).toMatchObject({ from: 'key', identity: 'STANDARD' })
    const actor = (await recordOf('trusted', prompt('hi', { user: 'x' }), named)).actor
    expect(actor?.id).toMatch(/^actor:[0-9a-f]{16}$/)
    expect(actor?.from).toBe('header')
    // Believed whoever says it: both keys of the AppContext speak of one actor.
    expect((await recordOf('trusted', prompt('hi'), [...other(3), ...named])).actor?.id).toBe(actor?.id ?? '')
    // An actor is somebody within its AppContext.
    expect((await recordOf('elsewhere', prompt('hi'), named)).actor?.id).not.toBe(actor?.id ?? '')
    await ask('trusted', prompt(bad), named)
    expect(await statusOf('trusted', prompt('hi'), [...other(3), ...named])).toBe(403)
    expect(await statusOf('trusted', prompt('hi'), [['x-actor-id', 'Bob']])).toBe(200)
    expect(await statusOf('elsewhere', prompt('hi'), named)).toBe(200)
  })

  test('the claim of the body: `safety_identifier`, else `user`, else the key', async () => {
    const id = async (more: Parameters<typeof prompt>[1]) => (await recordOf('sessions', prompt('hi', more))).actor
    const ada = await id({ user: 'Ada' })
    expect(ada).toMatchObject({ from: 'body', identity: 'BASIC' })
    expect(ada?.id).toMatch(/^claim:key_\w+:[0-9a-f]{16}$/)
    expect(await id({ safety_identifier: 'Ada', user: 'Bob' })).toEqual(ada)
    for (const none of [{}, { user: '' }, { user: null }, { safety_identifier: null }]) {
      const key = await id(none)
      expect(key?.id).toMatch(/^key:key_/)
      expect(key?.from).toBe('key')
    }
  })
})

describe('sessions', () => {
  const trace = (id: string) => ['traceparent', `00-${id}-00f067aa0ba902b7-01`] as const
  const session = async (headers: HeaderList, more: Parameters<typeof prompt>[1] = {}): Promise<string> => {
    const { session } = (await recordOf('sessions', prompt('hi', more), headers)) satisfies ExchangeRecord
    expect(session).toMatch(/^ses_[0-9a-f]{16}$/)
    return session ?? ''
  }
  const a = '4bf92f3577b34da6a3ce929d0e0e4736'
  const none = '0'.repeat(32)

  test('by header, else by trace, else by conversation, else by actor', async () => {
    const header = ['x-session-id', 's1'] as const
    const byHeader = await session([header])
    expect(await session([header, trace(a)], { conversation: 'c', user: 'u' })).toBe(byHeader)
    const byTrace = await session([trace(a)])
    expect(await session([trace(a)], { conversation: 'c' })).toBe(byTrace)
    const byConversation = await session([], { conversation: 'c' })
    expect(await session([['x-session-id', '']], { conversation: 'c', user: 'u' })).toBe(byConversation)
    const byActor = await session([])
    const byClaim = await session([], { user: 'u' })
    expect(new Set([byHeader, byTrace, byConversation, byActor, byClaim]).size).toBe(5)
    for (const bad of [trace(none), trace(a.slice(1)), ['traceparent', 'x']] as const) {
      expect(await session([bad])).toBe(byActor)
    }
    expect(await session([['x-session-id', 's2']])).not.toBe(byHeader)
  })
})
