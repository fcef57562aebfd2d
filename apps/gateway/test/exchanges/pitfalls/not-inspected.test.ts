import { describe, expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import type { ExchangeRecord, Json } from '@sluice/core'
import { type AnswerOptions, json, sse } from '@sluice/testing'
import { prompt, type Said, streamed, whole } from './answers.ts'
import { detectors } from './needle.ts'
import { type Served, served } from './served.ts'

const use = fileURLToPath(new URL('./partial-detectors.ts', import.meta.url))
const partial = (how: string) => ({ use, id: how, options: { how }, onError: 'forward' as const, timeoutMs: 100 })
const chat = '/v1/chat/completions'
const said = 'the model says something that nobody reads'

const gateways: Readonly<Record<string, Served>> = {
  'no detector at all': served({}),
  'a detector that leaves out every kind': served({ config: { plugins: [partial('leaves out everything')] } }),
  'a detector that leaves out what models say': served({
    config: { plugins: [partial('leaves out what models say')] },
  }),
  'a detector that throws, and may': served({ config: { plugins: [partial('throws')] } }),
  'a detector that hangs, and may': served({ config: { plugins: [partial('hangs')] } }),
  'more findings than are looked at': served({
    config: { plugins: [partial('finds too much')], limits: { maxFindings: 1 } },
  }),
}
const bounded = {
  maxStreamBytes: served({ config: { plugins: detectors, limits: { maxStreamBytes: 10 } } }),
  maxFrameBytes: served({ config: { plugins: detectors, limits: { maxFrameBytes: 10 } } }),
  maxChars: served({ config: { plugins: detectors, limits: { maxChars: 1 } } }),
  maxBlocks: served({ config: { plugins: detectors, limits: { maxBlocks: 1 } } }),
}
const plain = served({ config: { plugins: detectors } })

interface Asked {
  readonly options?: AnswerOptions
  readonly body?: { readonly [name: string]: Json }
  readonly choices?: readonly Said[]
}

async function record(gateway: Served, stream: boolean, asked: Asked = {}): Promise<ExchangeRecord> {
  const { options = {}, body = {}, choices = [{ content: said }] } = asked
  gateway.upstream.respond(stream ? sse(streamed(choices), options) : json(whole(choices), options))
  const response = await gateway.send(chat, prompt('hello', { stream, ...body }))
  // It passed: that is what must not be mistaken for having been read.
  expect(response.status).toBe(200)
  return gateway.record(response)
}

/** It does not claim to have read what the model said, and it says what it has not read. */
function expectUnread({ inspection, segments, trust }: ExchangeRecord, how: ExchangeRecord['inspection']): void {
  expect(inspection).toBe(how)
  const read = segments.inspected.filter(({ direction, kind }) => direction === 'egress' && kind === 'assistant')
  expect(read).toEqual([])
  expect(segments.notInspected.filter(({ direction }) => direction === 'egress')).not.toEqual([])
  // Only what was read earns trust.
  expect(trust?.after).toBe(trust?.before)
}

// https://github.com/BerriAI/litellm/issues/35257, https://github.com/api7/aisix/issues/204
describe('2 the guard is skipped and the audit says success', () => {
  for (const stream of [false, true]) {
    const how = stream ? 'streamed' : 'whole'
    test.each(Object.entries(gateways))(`${how}: %s`, async (name, gateway) => {
      const partly = name === 'a detector that leaves out what models say'
      const over = name === 'more findings than are looked at'
      const got = await record(gateway, stream)
      if (!over) return expectUnread(got, partly ? 'partly inspected' : 'not inspected')
      expect(got.inspection).toBe('partly inspected')
      expect(got.segments.notInspected.map(({ content }) => content)).toContain('findings-limit')
    })

    test(`${how}: a coding that cannot be read`, async () => {
      const headers = [['content-encoding', 'x-own']] as const
      expectUnread(await record(plain, stream, { options: { headers } }), 'partly inspected')
    })

    test(`${how}: all of it read is inspected, and nothing else is called so`, async () => {
      const got = await record(plain, stream)
      expect([got.inspection, got.segments.notInspected]).toEqual(['inspected', []])
      expect(got.segments.inspected).toContainEqual({
        direction: 'egress',
        kind: 'assistant',
        segments: 1,
        chars: said.length,
      })
      expect(got.trust?.after).toBeGreaterThan(0)
    })

    test(`${how}: a picture beside the words`, async () => {
      const content = [
        { type: 'text', text: 'hello' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
      ]
      const got = await record(plain, stream, { body: { messages: [{ role: 'user', content }] } })
      expect(got.inspection).toBe('partly inspected')
      expect(got.segments.notInspected).toMatchObject([{ direction: 'ingress', content: 'image' }])
    })
  }

  test.each(Object.entries(bounded))('streamed: past %s', async (_, gateway) => {
    const got = await record(gateway, true, { choices: [{ content: 'a' }, { content: said }] })
    expect(got.inspection).toBe('partly inspected')
    expect(got.segments.notInspected).toMatchObject([{ direction: 'egress', content: 'stream-limit' }])
    const read = got.segments.inspected.find(({ direction, kind }) => direction === 'egress' && kind === 'assistant')
    expect(read?.chars ?? 0).toBeLessThan(said.length)
    expect(got.trust?.after).toBe(got.trust?.before)
  })
})
