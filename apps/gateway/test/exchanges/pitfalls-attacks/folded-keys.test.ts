import { describe, expect, test } from 'bun:test'
import openai from '@sluice/adapter-openai'
import type { Json, JsonType, Operation } from '@sluice/core'
import { json } from '@sluice/testing'
import { whole } from '../pitfalls/answers.ts'
import { placesOf, samples, withValue } from '../pitfalls/requests.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({})
const log = { debug() {}, info() {}, warn() {}, error() {} }
const context = { instance: 'openai', folder: '.', log, signal: new AbortController().signal, now: Date.now }
const adapter = await openai.create({ baseUrl: 'http://127.0.0.1:1/v1', allowInsecure: false }, context)

const operations = adapter.operations.flatMap((operation) => {
  const sample = samples.get(operation.name)
  return sample?.type === 'json' && operation.fields !== undefined ? [{ operation, value: sample.value }] : []
})

/** The known field that stands at a path, by the pattern it is declared under. */
function known({ fields = {} }: Operation, path: readonly (string | number)[]): readonly JsonType[] | undefined {
  const found = Object.entries(fields).find(([pattern]) => {
    const tokens = pattern.split('/').slice(1)
    return tokens.length === path.length && tokens.every((token, at) => token === '*' || token === String(path[at]))
  })
  return found?.[1]
}

/** Spellings that some reader takes for the name: by folding of case, of letters, of width. */
function misspelled(name: string): readonly string[] {
  const spellings = [
    name.toUpperCase(),
    `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    name.replace('s', '\u017f'),
    name.replace('k', '\u212a'),
    name.replace(/[a-z]/, (letter) => String.fromCodePoint(letter.charCodeAt(0) + 0xfee0)),
    name.replaceAll('_', ''),
    name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()),
  ]
  return [...new Set(spellings)]
    .filter((spelling) => spelling.toLowerCase() === name || spelling.length === name.length)
    .filter((spelling) => spelling !== name)
}

const ofType: Readonly<Record<JsonType, Json>> = {
  null: null,
  boolean: true,
  number: 1,
  string: 'true',
  array: ['x'],
  object: { x: 'y' },
}

async function expectRefused(path: string, body: string, why: string): Promise<void> {
  const requests = gateway.upstream.requests.length
  const answer = await gateway.send(path, body)
  expect([why, answer.status]).toEqual([why, 400])
  expect(gateway.upstream.requests).toHaveLength(requests)
}

describe.each(operations.map((one) => [one.operation.path, one] as const))(
  '41 keys folded and values coerced upstream: %s',
  (pattern, { operation, value }) => {
    const path = pattern.replace(/\{\w+\}/g, 'id-1')
    const members = placesOf(value).filter(({ path }) => typeof path.at(-1) === 'string' && known(operation, path))

    test('the sample passes as it is', async () => {
      gateway.upstream.respond(json(whole([{ content: 'ok' }])))
      expect((await gateway.send(path, JSON.stringify(value))).status).toBe(200)
      // There is one thing of a conversation that can be changed.
      expect(members.length).toBeGreaterThanOrEqual(operation.name === 'conversations.update' ? 1 : 3)
    })

    test('every known member in another spelling: 400', async () => {
      for (const { path: at, pointer } of members) {
        const name = String(at.at(-1))
        for (const spelling of misspelled(name)) {
          const renamed = withValue(value, at.slice(0, -1), (object) =>
            Object.fromEntries(
              Object.entries(object ?? {}).map(([own, item]) => [own === name ? spelling : own, item]),
            ),
          )
          await expectRefused(path, JSON.stringify(renamed), `${pointer} as ${spelling}`)
          // Beside the right one too, and escaped.
          const beside = withValue(value, at.slice(0, -1), (object) => ({ ...(object as object), [spelling]: 'x' }))
          const escaped = JSON.stringify(beside).replaceAll(
            `${JSON.stringify(spelling)}:`,
            `"${[...spelling].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}":`,
          )
          await expectRefused(path, escaped, `${pointer} beside ${spelling}`)
        }
      }
    }, 60_000)

    test('every known member of a type that it has not: 400', async () => {
      for (const { path: at, pointer } of members) {
        const types = known(operation, at) ?? []
        for (const [type, other] of Object.entries(ofType)) {
          if (types.some((allowed) => allowed === type)) continue
          const body = withValue(value, at, () => other)
          await expectRefused(path, JSON.stringify(body), `${pointer} as ${type}`)
        }
      }
    }, 60_000)
  },
)

test('41 a stream asked for in a word is refused: one reader would stream and another not', async () => {
  for (const stream of ['true', 1, 'false', [], {}]) {
    const body = JSON.stringify({ model: 'm', messages: [], stream })
    await expectRefused('/v1/chat/completions', body, JSON.stringify(stream))
  }
})
