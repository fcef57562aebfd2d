import { describe, expect, test } from 'bun:test'
import { appContext, emptyView, gatewaySetup, host, keyRecord, memoryStore, reply } from '../../test/fakes.ts'
import type { App } from '../protocol/exchange.ts'
import type { BodyView } from '../protocol/view.ts'
import { actorOf, sessionOf } from './identity.ts'

const [base] = gatewaySetup(
  host(() => reply('')),
  memoryStore(),
).apps
const hash = (text: string) => `#${text}`
const place = { pointer: '/x' } as const

function who(headers: Record<string, string>, view: Partial<BodyView> = {}, trustActorHeader = false) {
  const app: App = { ...(base as App), context: { ...appContext, trustActorHeader } }
  const all = { ...emptyView, ...view }
  const actor = actorOf(app, keyRecord, new Headers(headers), 'x-actor-id', all, hash)
  return { actor, session: sessionOf(new Headers(headers), all, actor, hash) }
}

const key = `key:${keyRecord.id}`
const claimed = { claimedActor: { value: 'bob', place } }

describe('who acts', () => {
  test('is the key, unless somebody else is named', () => {
    expect(who({}).actor).toEqual({ id: key, from: 'key', identity: 'STANDARD', key })
  })

  test('a claim of the body’s binds its key and is BASIC', () => {
    const id = `claim:${keyRecord.id}:#bob`
    expect(who({}, claimed).actor).toEqual({ id, from: 'body', identity: 'BASIC', key })
    expect(who({}, { claimedActor: { value: '', place } }).actor.from).toBe('key')
  })

  test('the header is believed only where the AppContext says so', () => {
    expect(who({ 'x-actor-id': 'eve' }, claimed).actor.from).toBe('body')
    expect(who({ 'x-actor-id': 'eve' }).actor.from).toBe('key')
    const believed = who({ 'x-actor-id': 'alice' }, claimed, true).actor
    expect(believed).toEqual({ id: 'actor:#alice', from: 'header', identity: 'STANDARD', key })
    expect(who({ 'x-actor-id': ' ' }, claimed, true).actor.from).toBe('body')
  })

  test('nobody can claim to be a key or an actor of a header', () => {
    expect(who({}, { claimedActor: { value: key, place } }).actor.id).toBe(`claim:${keyRecord.id}:#${key}`)
  })

  test('a claim is cut before it is hashed', () => {
    expect(who({}, { claimedActor: { value: 'x'.repeat(100_000), place } }).actor.id.length).toBeLessThan(600)
  })
})

describe('the session is told by, in this order', () => {
  const trace = '4bf92f3577b34da6a3ce929d0e0e4736'
  const traceparent = `00-${trace}-00f067aa0ba902b7-01`
  const conversation = { conversation: { value: 'thread_1', place } }

  test('X-Session-Id, trace, conversation, actor', () => {
    expect(who({ 'x-session-id': 's', traceparent }, conversation).session).toEqual({
      id: 'ses_#header:s',
      byActor: false,
    })
    expect(who({ traceparent }, conversation).session).toEqual({ id: `ses_#trace:${trace}`, byActor: false })
    expect(who({}, conversation).session).toEqual({ id: 'ses_#conversation:thread_1', byActor: false })
    expect(who({}).session).toEqual({ id: `ses_#actor:${key}`, byActor: true })
  })

  test('a trace that is none is not one', () => {
    for (const bad of ['', 'x', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, `00-${trace.toUpperCase()}-x-01`]) {
      expect(who({ traceparent: bad }).session.byActor).toBe(true)
    }
    expect(who({ 'x-session-id': '' }).session.byActor).toBe(true)
  })
})
