import { describe, expect, test } from 'bun:test'
import { adapter, filter, limits, loaded, needles, secretType } from '../../test/fakes.ts'
import { running } from '../../test/gateway.ts'
import { session, socketOperation, socketRequest } from '../../test/sockets.ts'
import type { DetectorInstance } from '../protocol/detector.ts'

const failing: DetectorInstance = {
  mode: 'inspect',
  types: { CREDENTIALS_NEEDLE: secretType },
  inspect() {
    throw new Error('haystack')
  },
}
const block = { id: 'block', match: {}, action: 'BLOCK' } as const

describe('a host', () => {
  test('that makes no WebSockets: the client is told that one was needed', async () => {
    const { gateway } = running({ adapters: [{ id: 'fake', instance: adapter({ operations: [socketOperation] }) }] })
    expect((await gateway.handle(socketRequest())).status).toBe(426)
  })

  test('that cannot make one of this connection: the provider’s side is ended', async () => {
    const run = await session({}, false)
    expect(run.response.status).toBe(400)
    expect(run.provider.isCut).toBe(true)
    expect(await run.record()).toMatchObject({ outcome: 'refused', code: 'SLUICE_REQUEST_MALFORMED' })
  })
})

describe('a detector that fails', () => {
  test('the message is not given, whichever way it went, and the session goes on', async () => {
    const { client, provider, record } = await session({ detectors: [loaded(failing)] })
    client.says({ text: 'hi' })
    await client.until(({ sent }) => sent.length === 1)
    provider.says({ text: 'hi' })
    await client.until(({ sent }) => sent.length === 2)
    expect(client.sent).toEqual(['{"refused":"SLUICE_NOT_INSPECTED"}', '{"refused":"SLUICE_NOT_INSPECTED"}'])
    expect(provider.sent).toEqual([])
    client.leaves(1000)
    await provider.until(({ closedWith }) => closedWith === 1000)
    expect(await record()).toMatchObject({ outcome: 'forwarded', trust: { before: 0, after: 0 } })
  })
})

describe('what breaks within', () => {
  for (const side of ['client', 'provider'] as const) {
    test(`an adapter that throws at the ${side}’s message: nothing more passes, both sides are told`, async () => {
      const run = await session()
      run[side].says({ throws: true })
      run[side].says({ text: 'later' })
      await run.client.until(({ closedWith }) => closedWith === 1011)
      await run.provider.until(({ closedWith }) => closedWith === 1000)
      expect([run.client.sent, run.provider.sent]).toEqual([[], []])
      expect(await run.record()).toMatchObject({ outcome: 'failed', code: 'SLUICE_INTERNAL' })
    })
  }
})

describe('bounds', () => {
  test('more waits to be inspected than may: the session ends', async () => {
    let release = (): void => undefined
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const slow: DetectorInstance = { ...failing, inspect: () => gate.then(() => []) }
    const setup = { limits: { ...limits, maxMessageBytes: 100 } }
    const { client, provider, record } = await session({ detectors: [loaded(slow)], setup })
    for (let at = 0; at < 3; at++) client.says({ text: 'x'.repeat(80) })
    await client.until(({ closedWith }) => closedWith === 1009)
    release()
    expect(await record()).toMatchObject({ outcome: 'refused', code: 'SLUICE_BODY_TOO_LARGE' })
    expect(provider.sent).toEqual([])
  })

  test('a side that takes nothing: the session ends', async () => {
    const setup = { limits: { ...limits, maxMessageBytes: 100 } }
    const deaf = await session({ setup })
    deaf.client.unsent = 201
    deaf.provider.says({ piece: 'x' })
    await deaf.provider.until(({ closedWith }) => closedWith !== undefined)
    expect(await deaf.record()).toMatchObject({ outcome: 'client-aborted' })
    const stuck = await session({ setup })
    stuck.provider.unsent = 201
    stuck.client.says({ text: 'x' })
    await stuck.client.until(({ closedWith }) => closedWith === 1011)
    expect(await stuck.record()).toMatchObject({ code: 'SLUICE_UPSTREAM_TIMEOUT' })
  })

  test('two hundred findings: as many on record as may be, the others counted, every id its own', async () => {
    const { client, provider, record } = await session({ detectors: [loaded(needles())], policies: [block] })
    for (let at = 0; at < 100; at++) client.says({ text: `needle ${at}` })
    await client.until(({ sent }) => sent.length === 100)
    for (let at = 0; at < 100; at++) provider.says({ piece: `needle ${at}`, of: `r${at}` })
    await client.until(({ sent }) => sent.length === 200)
    client.leaves(1005)
    const { detections, detectionsDropped, decisions, outcome } = await record()
    expect(outcome).toBe('forwarded')
    expect(detections).toHaveLength(limits.maxRecordedDetections)
    expect(new Set(detections.map(({ id }) => id)).size).toBe(detections.length)
    expect(detectionsDropped).toEqual({ CREDENTIALS_NEEDLE: 200 - limits.maxRecordedDetections })
    expect(decisions.map(({ lifecycle, effectiveAction }) => [lifecycle, effectiveAction])).toEqual([
      ['INGRESS', 'BLOCK'],
      ['EGRESS', 'LOG'],
    ])
  })
})

describe('calls', () => {
  test('that a filter rewrites are rewritten wherever they are said again', async () => {
    const rules = filter({ call: () => ({ type: 'rewrite', input: { safe: true }, reason: 'safer' }) })
    const { client, provider, record } = await session({ toolFilters: [rules] })
    client.says({ tools: [{ name: 'look' }] })
    await provider.until(({ sent }) => sent.length === 1)
    for (let at = 0; at < 3; at++) provider.says({ call: '{"city":"Rome"}' })
    await client.until(({ sent }) => sent.length === 3)
    expect(new Set(client.sent)).toEqual(new Set([JSON.stringify({ call: '{"safe":true}' })]))
    client.leaves(1000)
    await record()
  })

  test('that a filter denies are denied once on record, and given nowhere', async () => {
    let asked = 0
    const deny = () => {
      asked++
      return { type: 'deny', code: 'NO', reason: 'no' } as const
    }
    const { client, provider, record } = await session({ toolFilters: [filter({ call: deny })] })
    client.says({ tools: [{ name: 'look' }] })
    await provider.until(({ sent }) => sent.length === 1)
    for (let at = 0; at < 3; at++) provider.says({ call: '{"city":"Rome"}' })
    await client.until(({ sent }) => sent.length === 3)
    expect(new Set(client.sent)).toEqual(new Set(['{"refused":"SLUICE_BLOCKED"}']))
    client.leaves(1000)
    expect((await record()).detections).toMatchObject([{ type: 'TOOL_CALL_DENIED' }])
    expect(asked).toBe(1)
  })
})

describe('consequences', () => {
  test('each response that is answered counts, and so does each that is not clean', async () => {
    const { client, provider, record } = await session({ detectors: [loaded(needles())] })
    for (let at = 0; at < 4; at++) {
      provider.says({ piece: 'fine' })
      provider.says({ text: 'fine', end: true })
    }
    await client.until(({ sent }) => sent.length === 8)
    client.leaves(1000)
    expect((await record()).trust).toEqual({ before: 0, after: 0.4 })
  })

  test('an actor that another exchange has put into quarantine is shown out when its response is complete', async () => {
    const { client, provider, store, record } = await session()
    provider.says({ text: 'fine', end: true })
    await client.until(({ sent }) => sent.length === 1)
    await Bun.sleep(0)
    store.actors.update('ac_demo00000000', 'key:key_000000000001', (state) => {
      if (state === undefined) throw new Error('the actor is not known')
      return { ...state, quarantinedAt: 1 }
    })
    provider.says({ text: 'fine again', end: true })
    await client.until(({ closedWith }) => closedWith === 1008)
    expect(await record()).toMatchObject({ outcome: 'blocked', code: 'SLUICE_ACTOR_QUARANTINED' })
  })
})
