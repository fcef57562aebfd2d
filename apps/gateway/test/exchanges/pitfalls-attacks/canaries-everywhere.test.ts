import { beforeAll, describe, expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Json, JsonObject } from '@sluice/core'
import { json, type RawResponse, sse, text } from '@sluice/testing'
import { textOf } from '../../../../../plugins/adapter-anthropic/test/fixtures.ts'
import * as messages from '../../../../../plugins/adapter-anthropic/test/requests.ts'
import { chunksOf, wholeOf } from '../../../../../plugins/adapter-openai/test/fixtures.ts'
import * as requests from '../../../../../plugins/adapter-openai/test/requests.ts'
import type { SluiceOptions } from '../../harness/sluice.ts'
import { file, form, line, purpose, upload } from '../files/forms.ts'
import { detectors, policies } from '../pitfalls/needle.ts'
import { placesOf, withValue } from '../pitfalls/requests.ts'
import { served } from '../pitfalls/served.ts'
import { served as servedSockets } from '../realtime/served.ts'

let made = 0
/** A secret of a form that detectors know, another one each time. */
function canary(): string {
  const digest = createHash('sha256').update(`${made++}`).digest('base64url')
  return `ghp_${digest.replaceAll(/[_-]/g, 'x').slice(0, 36)}`
}

const filter = '@sluice/tool-filter-rules'
const secrets = { types: ['CREDENTIALS_*'] }
const config: NonNullable<SluiceOptions['config']> = {
  log: { level: 'debug' },
  plugins: [...detectors, { use: '@sluice/detector-secrets' }, { use: filter }],
  policies: [
    ...policies,
    { id: 'no-secrets', match: secrets, action: 'BLOCK' },
    { id: 'cut-secrets', match: secrets, action: 'REDACT' },
  ],
}
const apps: NonNullable<SluiceOptions['apps']> = {
  open: { unknownIds: 'forward' },
  strict: { policies: ['no-secrets'] },
  redacting: { policies: ['cut-secrets'], unknownIds: 'forward' },
  filtered: { plugins: [{ id: filter, options: { deny: ['ghp_*'] } }] },
  listed: { allowedModels: ['gpt-realtime'] },
}
const gateway = served({ adapters: ['@sluice/adapter-openai', '@sluice/adapter-anthropic'], apps, config })
const sessions = servedSockets({ apps, config })

type Asked = readonly [path: string, value: JsonObject, headers?: readonly (readonly [string, string])[]]

const anthropic = [['anthropic-version', '2023-06-01']] as const
const asked: readonly Asked[] = [
  ['/v1/responses', requests.RESPONSE],
  ['/v1/responses/compact', requests.COMPACTION],
  ['/v1/responses/input_tokens', requests.TOKEN_COUNT],
  ['/v1/conversations', requests.CONVERSATION],
  ['/v1/conversations/conv_1/items', requests.CONVERSATION_ITEMS],
  ['/v1/embeddings', requests.EMBEDDING],
  ['/v1/moderations', requests.MODERATION],
  ['/v1/batches', requests.BATCH],
  ['/v1/messages', messages.MESSAGE, anthropic],
  ['/v1/messages/count_tokens', messages.COUNT, anthropic],
  ['/v1/messages/batches', messages.BATCH, anthropic],
]

/** The same with a canary at every string, but for those on which it hangs how the rest is read. */
function seeded(value: Json): Json {
  let filled = value
  for (const { path } of placesOf(value)) {
    if (['type', 'role', 'method', 'url', 'model'].includes(String(path.at(-1)))) continue
    filled = withValue(filled, path, (old) => (typeof old === 'string' ? canary() : old))
  }
  return filled
}

/** Everything the gateways have written down. */
function written(): ReadonlyMap<string, string> {
  const texts = [gateway.sluice, sessions.sluice].flatMap(({ folder, log, output }) => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    return [
      [`${folder}: standard error`, log.join('\n')] as const,
      [`${folder}: standard output`, output.join('')] as const,
      ...files.map(({ parentPath, name }) => {
        return [join(parentPath, name), readFileSync(join(parentPath, name), 'latin1')] as const
      }),
    ]
  })
  return new Map(texts)
}

const frames = (name: string): JsonObject[] =>
  new TextDecoder()
    .decode(chunksOf(name))
    .split('\n')
    .flatMap((each) => (each.startsWith('data: {') ? [JSON.parse(each.slice('data: '.length))] : []))
const streamed = (events: readonly Json[]): string =>
  events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')

describe('38, 62 secrets of any kind, by any way in or out: law 8', () => {
  const answered: RawResponse[] = []

  beforeAll(async () => {
    const names = ['responses-hosted', 'responses-failed']
    for (const app of Object.keys(apps)) {
      const send = async (path: string, body?: object, headers: Asked[2] = []): Promise<void> => {
        const method = body === undefined ? 'GET' : 'POST'
        answered.push(await gateway.send(path, body, { app, headers, method, read: { method } }))
      }
      // What comes back from every operation has its canaries too, whatever it is an answer to.
      for (const name of names) {
        gateway.upstream.respond(json(JSON.stringify(seeded(wholeOf(name).value))))
        for (const [path, value, headers] of asked)
          await send(path, seeded({ ...value, stream: false }) as JsonObject, headers)
        await send('/v1/responses/resp_1')
        await send(`/v1/responses/${canary()}/input_items?after=${canary()}`)
        await send(`/v1/files/${canary()}/content`)
        gateway.upstream.respond(sse(streamed(frames(name).map(seeded))))
        await send('/v1/responses', { model: 'm', input: canary(), stream: true })
      }
      gateway.upstream.respond(json(JSON.stringify(seeded(JSON.parse(textOf('mcp.json'))))))
      await send('/v1/messages', seeded(messages.MESSAGE) as JsonObject, anthropic)
      gateway.upstream.respond(json(JSON.stringify({ error: { type: canary(), message: canary() } }), { status: 400 }))
      for (const [path, value, headers] of asked) await send(path, seeded(value) as JsonObject, headers)
      // One place at a time: where all are filled, the first that is wrong ends the exchange.
      for (const [path, value, headers] of asked.filter(([path]) => /responses$|messages$/.test(path))) {
        if (app !== 'filtered') break
        for (const place of placesOf(value)) {
          const one = withValue(value, place.path, (old) => (typeof old === 'string' ? canary() : old))
          await send(path, one as JsonObject, headers)
        }
      }
      const batch = ['/v1/responses', '/v1/chat/completions', canary()].map((url) => {
        return line(canary(), canary(), { url, model: canary(), more: { [canary()]: canary() } })
      })
      const head = `Content-Disposition: form-data; name="file"; filename="${canary()}.jsonl"`
      for (const lines of [batch, [batch[1] ?? ''], [`not JSON ${canary()}`]]) {
        answered.push(await upload(gateway, form(purpose('batch'), file(lines.join('\n'), head)), app))
        answered.push(await upload(gateway, form(purpose(canary()), file(lines.join('\n'), head)), app))
      }
      gateway.upstream.respond(
        text(`${JSON.stringify(seeded({ custom_id: 'a', response: { body: wholeOf('plain').value } }))}\n`),
      )
      await send('/v1/files/file-1/content')
      await realtime(app)
    }
    await gateway.records(answered)
  }, 120_000)

  async function realtime(app: string): Promise<void> {
    const { client, session, end } = await sessions.open({ app })
    const read = (name: string): JsonObject[] =>
      JSON.parse(
        readFileSync(
          new URL(`../../../../../plugins/adapter-openai/fixtures/realtime/${name}`, import.meta.url),
          'utf8',
        ),
      )
    for (const event of read('client-events.json')) client.socket.send(JSON.stringify(seeded(event)))
    client.socket.send(`{"type":"${canary()}"}`)
    for (const event of read('server-events.json')) session.send(seeded(event))
    await Bun.sleep(100)
    await end()
  }

  test('the canaries are seen', async () => {
    const found = (await gateway.records(answered)).flatMap(({ detections }) => detections)
    expect(found.filter(({ type }) => type === 'CREDENTIALS_API_KEY').length).toBeGreaterThan(500)
  })

  test('and are in no file of the gateway’s, nor on its standard error and output', () => {
    for (const [name, said] of written())
      expect([name, said.match(/ghp_[A-Za-z0-9]{8,}/)?.[0]]).toEqual([name, undefined])
  })
})
