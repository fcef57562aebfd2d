import { afterAll, beforeAll, expect, test } from 'bun:test'
import { json, startUpstream, text, type Upstream } from '@sluice/testing'
import { toFile } from 'openai'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { line } from '../files/forms.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { all, clientOf, failure } from './client.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: {
      open: {},
      block: { policies: ['block-in', 'block-out'] },
      drop: { policies: ['block-in'], batchLines: 'drop' },
      limited: { allowedModels: ['gpt-5.5'] },
    },
    config: { plugins: detectors, policies },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

const made = {
  id: 'file-abc123',
  object: 'file',
  bytes: 120,
  created_at: 1700000000,
  filename: 'in.jsonl',
  purpose: 'batch',
  status: 'processed',
} as const

function fileOf(...lines: readonly string[]): Promise<File> {
  return toFile(Buffer.from(`${lines.join('\n')}\n`), 'in.jsonl')
}

test('files.create: the form arrives as the client wrote it', async () => {
  upstream.respond(json(made))
  const client = clientOf(sluice, 'open')
  const lines = [line('a', 'hello'), line('b', 'ü 你')]
  expect(await client.files.create({ file: await fileOf(...lines), purpose: 'batch' })).toMatchObject({ ...made })
  const sent = upstream.requests.at(-1)
  const type = sent?.header('content-type') ?? ''
  const form = await new Response(new Uint8Array(sent?.body ?? []), { headers: { 'content-type': type } }).formData()
  expect(form.get('purpose')).toBe('batch')
  const file = form.get('file')
  expect(file instanceof File ? [file.name, await file.text()] : file).toEqual(['in.jsonl', `${lines.join('\n')}\n`])
})

test('files.create: refusals are errors the client shows with the lines', async () => {
  const file = await fileOf(line('a', 'hello'), line('b', needle))
  const blocked = await failure(clientOf(sluice, 'block').files.create({ file, purpose: 'batch' }))
  expect(blocked).toMatchObject({ status: 451, error: expect.stringContaining('line 2 (custom_id b)') })
  const other = await fileOf(line('a', 'x', { model: 'gpt-4o' }))
  const model = await failure(clientOf(sluice, 'limited').files.create({ file: other, purpose: 'batch' }))
  expect(model).toMatchObject({ status: 403, error: expect.stringContaining('Line 1 (custom_id a).') })
})

test('files.create: what was left out is told in a header', async () => {
  upstream.respond(json(made))
  const file = await fileOf(line('a', 'hello'), line('b', needle))
  const { data, response } = await clientOf(sluice, 'drop').files.create({ file, purpose: 'batch' }).withResponse()
  expect([data.id, response.headers.get('x-sluice-dropped-lines')]).toEqual(['file-abc123', '1; lines=2'])
})

test('files: retrieve, list and delete', async () => {
  const client = clientOf(sluice, 'open')
  upstream.respond(json(made))
  expect((await client.files.retrieve('file-abc123')).filename).toBe('in.jsonl')
  upstream.respond(json({ object: 'list', data: [made], first_id: made.id, last_id: made.id, has_more: false }))
  expect((await all(await client.files.list({ purpose: 'batch' }))).map(({ id }) => id)).toEqual(['file-abc123'])
  expect(upstream.requests.at(-1)?.target).toBe('/v1/files?purpose=batch')
  upstream.respond(json({ id: made.id, object: 'file', deleted: true }))
  expect((await client.files.delete('file-abc123')).deleted).toBe(true)
  expect(upstream.requests.at(-1)).toMatchObject({ method: 'DELETE', target: '/v1/files/file-abc123' })
})

test('files.content: text and bytes as they are; what a rule blocks is not given', async () => {
  const client = clientOf(sluice, 'block')
  upstream.respond(json({ ...made, id: 'file-out' }))
  await client.files.create({ file: await fileOf('hello'), purpose: 'user_data' })
  const output = '{"custom_id":"a","response":{"status_code":200,"body":{"object":"chat.completion","choices":[]}}}\n'
  upstream.respond(text(output, { headers: { 'content-type': 'application/octet-stream' } }))
  expect(await (await client.files.content('file-out')).text()).toBe(output)
  const bytes = Uint8Array.of(0, 255, 254, 13, 10)
  upstream.respond(text(bytes, { headers: { 'content-type': 'application/octet-stream' } }))
  expect(await (await client.files.content('file-out')).bytes()).toEqual(bytes)
  upstream.respond(text(`a ${needle}`))
  expect(await failure(client.files.content('file-out'))).toMatchObject({ status: 451 })
})
