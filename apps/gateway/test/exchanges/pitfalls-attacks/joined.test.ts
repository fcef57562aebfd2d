import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json } from '@sluice/testing'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  apps: { blocking: { policies: ['block-in', 'block-out'] }, redacting: { policies: ['redact-in', 'redact-out'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const text = (value: string): Json => ({ type: 'text', text: value })
const image: Json = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } }

/** The needle in two pieces, at every place it can be cut, with words around it. */
const cuts: readonly (readonly [string, string])[] = Array.from({ length: needle.length - 1 }, (_, at) => [
  `a card ${needle.slice(0, at + 1)}`,
  `${needle.slice(at + 1)} of mine`,
])

const requests: Readonly<Record<string, (first: string, second: string) => Json>> = {
  'parts of a message': (a, b) => ({ model: 'm', messages: [{ role: 'user', content: [text(a), text(b)] }] }),
  'parts with an empty one between': (a, b) => ({
    model: 'm',
    messages: [{ role: 'user', content: [text(a), text(''), text(b)] }],
  }),
  'parts with an image between': (a, b) => ({
    model: 'm',
    messages: [{ role: 'user', content: [text(a), image, text(b)] }],
  }),
  'parts of a system message': (a, b) => ({ model: 'm', messages: [{ role: 'system', content: [text(a), text(b)] }] }),
  'parts of a tool’s result': (a, b) => ({
    model: 'm',
    messages: [{ role: 'tool', tool_call_id: 'c', content: [text(a), text(b)] }],
  }),
}

// From the review of this design: what is read part by part is never seen whole.
describe('54 a needle split across parts that the provider joins', () => {
  test.each(Object.entries(requests))('%s, at every place: blocked', async (_, bodyOf) => {
    gateway.upstream.respond(json('{"choices":[]}'))
    const before = gateway.upstream.requests.length
    for (const [first, second] of cuts) {
      const answer = await gateway.send(chat, JSON.stringify(bodyOf(first, second)), { app: 'blocking' })
      expect([first, answer.json()]).toMatchObject([first, { choices: [{ finish_reason: 'content_filter' }] }])
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('one character a part', async () => {
    const content = [...needle].map(text)
    const body = { model: 'm', messages: [{ role: 'user', content }] }
    const answer = await gateway.send(chat, body, { app: 'blocking' })
    expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
  })

  test('prompts of a completion', async () => {
    const before = gateway.upstream.requests.length
    for (const cut of cuts) {
      const answer = await gateway.send('/v1/completions', { model: 'm', prompt: cut }, { app: 'blocking' })
      expect([cut, answer.json()]).toMatchObject([cut, { choices: [{ finish_reason: 'content_filter' }] }])
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('parts of an answer', async () => {
    for (const [first, second] of cuts) {
      const content = [text(first), text(second)]
      gateway.upstream.respond(json({ choices: [{ index: 0, message: { role: 'assistant', content } }] }))
      const answer = await gateway.send(chat, { model: 'm', messages: [] }, { app: 'blocking' })
      expect([first, answer.json()]).toMatchObject([first, { choices: [{ finish_reason: 'content_filter' }] }])
    }
  })

  test('redacted, no piece of it goes up', async () => {
    for (const [first, second] of cuts) {
      await gateway.send(
        chat,
        { model: 'm', messages: [{ role: 'user', content: [text(first), text(second)] }] },
        { app: 'redacting' },
      )
      const up = gateway.upstream.requests.at(-1)?.json() as { messages: [{ content: { text: string }[] }] }
      const joined = up.messages[0].content.map((part) => part.text).join('')
      expect(joined).toStartWith('a card ')
      expect(joined).toEndWith(' of mine')
      expect(joined).not.toMatch(/\d/)
    }
  })

  test('two messages are not joined', async () => {
    gateway.upstream.respond(json('{"choices":[]}'))
    const messages = cuts[8]?.map((content) => ({ role: 'user', content })) ?? []
    const answer = await gateway.send(chat, { model: 'm', messages }, { app: 'blocking' })
    expect(answer.text()).toBe('{"choices":[]}')
  })
})
