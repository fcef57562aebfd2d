import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { runtime } from '../../harness/sluice.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { contentType, file, fileHead, form, line, purpose, sha256, upload, uploadLines } from './forms.ts'

const made = { id: 'file-1', object: 'file', purpose: 'batch', filename: 'in.jsonl', bytes: 1, created_at: 1 }

const gateway = served({
  apps: {
    open: {},
    limited: { allowedModels: ['gpt-5.5', 'text-embedding-3-small'] },
    block: { policies: ['block-in'] },
    drop: { policies: ['block-in'], batchLines: 'drop' },
    quarantine: { policies: ['quarantine-in'], batchLines: 'drop' },
    redact: { policies: ['redact-in'] },
    mixed: { policies: ['block-chat', 'redact-embeddings'] },
    tools: { plugins: [{ id: 'rules', options: { deny: ['shell'] } }] },
    claims: { policies: ['quarantine-in'] },
    metered: { monthlyQuota: 10 },
  },
  config: {
    plugins: [...detectors, { use: '@sluice/tool-filter-rules', id: 'rules', options: {} }],
    policies: [
      ...policies,
      { id: 'quarantine-in', match: { types: ['FINANCIAL_*'], lifecycle: ['INGRESS'] }, action: 'QUARANTINE' },
      { id: 'block-chat', match: { types: ['FINANCIAL_*'], endpoints: ['/v1/chat/completions'] }, action: 'BLOCK' },
      { id: 'redact-embeddings', match: { types: ['FINANCIAL_*'], models: ['text-*'] }, action: 'REDACT' },
    ],
  },
})
const sentLines = (): string[] => {
  const body = Buffer.from(gateway.upstream.requests.at(-1)?.body ?? '').toString()
  return (
    body
      .split('\r\n')
      .find((part) => part.includes('custom_id'))
      ?.split('\n') ?? []
  )
}
const chat = (content: string, user: string): object => {
  return { model: 'gpt-5.5', user, messages: [{ role: 'user', content }] }
}
const errorOf = (answer: { json(): unknown }): string => (answer.json() as { error: string }).error

// https://github.com/BerriAI/litellm/pull/37519
describe('8 batch prompts and models travel in a file nobody reads', () => {
  test('forbidden model in line 900: 403, and the answer names the line', async () => {
    const before = gateway.upstream.requests.length
    const lines = Array.from({ length: 1000 }, (_, at) =>
      line(`id-${at + 1}`, 'hello', at === 899 ? { model: 'gpt-4o' } : {}),
    )
    const answer = await uploadLines(gateway, lines, 'limited')
    expect([answer.status, answer.json()]).toEqual([
      403,
      { error: "The requested model is not permitted by your API key's policy. Line 900 (custom_id id-900)." },
    ])
    expect(answer.header('x-should-retry')).toBe('false')
    expect(await gateway.record(answer)).toMatchObject({
      outcome: 'refused',
      code: 'SLUICE_MODEL_NOT_ALLOWED',
      operation: 'files.create',
    })
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('several models in a file: each is checked, and a line without one is refused', async () => {
    gateway.upstream.respond(json(made))
    const embedding = JSON.stringify({
      custom_id: 'e',
      method: 'POST',
      url: '/v1/embeddings',
      body: { model: 'text-embedding-3-small', input: ['a'] },
    })
    expect((await uploadLines(gateway, [line('a', 'x'), embedding], 'limited')).status).toBe(200)
    const none = JSON.stringify({ custom_id: 'n', method: 'POST', url: '/v1/embeddings', body: { input: 'a' } })
    const answer = await uploadLines(gateway, [line('a', 'x'), none], 'limited')
    expect([answer.status, errorOf(answer)]).toEqual([403, expect.stringContaining('Line 2 (custom_id n).')])
  })

  test('a needle blocks: the lines are named, the record has their places, nothing is sent', async () => {
    const before = gateway.upstream.requests.length
    const lines = [line('a', 'fine'), line('b', `pay ${needle}`), '', line('c', 'fine'), line('d', needle)]
    for (const body of [
      form(purpose('batch'), file(lines.join('\n'))),
      form(file(lines.join('\r\n')), purpose('batch')),
    ]) {
      const answer = await upload(gateway, body, 'block')
      expect([answer.status, answer.json()]).toEqual([
        451,
        { error: 'Content blocked due to policy violations: line 2 (custom_id b), line 5 (custom_id d)' },
      ])
      const record = await gateway.record(answer)
      expect(record).toMatchObject({ outcome: 'blocked', action: 'BLOCK', file: { read: 'requests', lines: 4 } })
      expect(record.detections.map(({ place: { line, pointer } }) => [line, pointer])).toEqual([
        [1, '/body/messages/0/content'],
        [4, '/body/messages/0/content'],
      ])
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a needle in the custom_id and in what surrounds a request is found too', async () => {
    for (const text of [line(needle, 'x'), line('a', 'x').replace('{', `{"note":"${needle}",`)]) {
      expect((await uploadLines(gateway, [text], 'block')).status).toBe(451)
    }
  })

  test('a line counts for as many requests as it would alone', async () => {
    const before = gateway.upstream.requests.length
    const answer = await uploadLines(gateway, [line('a', 'x'), line('b', 'x', { more: { n: 10 } })], 'metered')
    expect([answer.status, errorOf(answer)]).toEqual([429, expect.stringContaining('this request counts as 11')])
    expect(gateway.upstream.requests).toHaveLength(before)
    gateway.upstream.respond(json(made))
    expect((await uploadLines(gateway, [line('a', 'x'), line('b', 'x', { more: { n: 7 } })], 'metered')).status).toBe(
      200,
    )
  })

  test('rules about endpoints and models see those of the line', async () => {
    gateway.upstream.respond(json(made))
    const embedding = (input: string): string =>
      JSON.stringify({ custom_id: 'e', method: 'POST', url: '/v1/embeddings', body: { model: 'text-1', input } })
    const redacted = await uploadLines(gateway, [line('a', 'x'), embedding(needle)], 'mixed')
    expect(redacted.status).toBe(200)
    expect(sentLines()[1]).toBe(embedding('[REDACTED]'))
    const blocked = await uploadLines(gateway, [line('a', needle), embedding(needle)], 'mixed')
    expect([blocked.status, errorOf(blocked)]).toEqual([451, expect.stringMatching(/: line 1 \(custom_id a\)$/)])
  })

  test('drop: the file is forwarded without the lines, and client and record are told', async () => {
    gateway.upstream.respond(json(made))
    const kept = [line('a', 'one'), line('c', 'three')]
    const answer = await uploadLines(
      gateway,
      [kept[0] ?? '', line('b', needle), kept[1] ?? '', line('d', needle)],
      'drop',
    )
    expect([answer.status, answer.header('x-sluice-dropped-lines')]).toEqual([200, '2; lines=2,4'])
    expect(sha256(gateway.upstream.requests.at(-1)?.body)).toBe(
      sha256(form(purpose('batch'), file(`${kept.join('\n')}\n`))),
    )
    expect(await gateway.record(answer)).toMatchObject({
      outcome: 'forwarded',
      action: 'BLOCK',
      file: { read: 'requests', lines: 4, dropped: { count: 2, lines: [1, 3] } },
    })
    const nothingLeft = await uploadLines(gateway, [line('b', needle)], 'drop')
    expect(nothingLeft.status).toBe(451)
  })

  test('drop: what quarantines is not cut out and sent on', async () => {
    const answer = await uploadLines(gateway, [line('a', 'one'), line('b', needle)], 'quarantine')
    expect(answer.status).toBe(451)
    expect((await gateway.send('/v1/models', undefined, { method: 'GET', app: 'quarantine' })).status).toBe(403)
  })

  test('redaction changes lines where they stand, and no other byte', async () => {
    gateway.upstream.respond(json(made))
    const lines = [
      '{ "custom_id":"a" , "method":"POST","url":"/v1/chat/completions","body":{"model":"m","messages":[],"seed":12345678901234567890,"x":1.0}}',
      line('b', `😀 pay ${needle}, 你`),
      line('c', 'ü'),
      `  ${line('d', needle)} `,
    ]
    const head = `Content-Disposition: form-data; name="file"; filename*=UTF-8''%E4%BD%A0.jsonl\r\nContent-Length: ${Buffer.byteLength(lines.join('\n'))}`
    const answer = await upload(gateway, form(file(lines.join('\n'), head), purpose('batch')), 'redact')
    expect(answer.status).toBe(200)
    const edited = lines.join('\n').replaceAll(needle, '[REDACTED]')
    const editedHead = head.replace(/[0-9]+$/, String(Buffer.byteLength(edited)))
    const sent = gateway.upstream.requests.at(-1)
    expect(Buffer.from(sent?.body ?? '').toString()).toBe(
      Buffer.from(form(file(edited, editedHead), purpose('batch'))).toString(),
    )
    // Deno takes no length for a body that is streamed.
    if (runtime === 'bun') expect(sent?.header('content-length')).toBe(String(sent?.body.length))
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'forwarded', action: 'REDACT' })
  })

  test('forbidden tools leave the lines, and a tool given twice is refused', async () => {
    gateway.upstream.respond(json(made))
    const tool = (name: string): object => ({ type: 'function', function: { name } })
    const lines = [
      line('a', 'x', { more: { tools: [tool('shell'), tool('read')] } }),
      line('b', 'x', { more: { tools: [tool('shell')], tool_choice: 'auto' } }),
    ]
    const answer = await uploadLines(gateway, lines, 'tools')
    expect(answer.status).toBe(200)
    expect(sentLines().slice(0, 2)).toEqual([line('a', 'x', { more: { tools: [tool('read')] } }), line('b', 'x')])
    const record = await gateway.record(answer)
    expect(record.toolsRemoved.map(({ name }) => name)).toEqual(['shell', 'shell'])
    const twice = await uploadLines(gateway, [line('a', 'x', { more: { tools: [tool('t'), tool('t')] } })], 'open')
    expect([twice.status, errorOf(twice)]).toEqual([
      400,
      expect.stringMatching(/same name\. Line 1 \(custom_id a\)\.$/),
    ])
  })

  test.each<[string, string | Uint8Array, number, RegExp]>([
    ['no JSON', `${line('a', 'x')}\n{`, 400, /Line 2\.$/],
    ['JSON that is no object', '[]', 400, /Line 1\.$/],
    [
      'bytes that are not UTF-8',
      Buffer.from([...Buffer.from(`${line('a', 'x')}\n`), 0x22, 0xff]),
      400,
      /UTF-8\. Line 2\.$/,
    ],
    ['a byte order mark', `\ufeff${line('a', 'x')}`, 400, /byte order mark.* Line 1\.$/],
    ['a key twice', line('a', 'x').replace('"model"', '"model":"m","model"'), 400, /"model" twice.* Line 1\.$/],
    ['a key that folds to a known one', line('a', 'x').replace('"body"', '"Body"'), 400, /Line 1/],
    [
      'a model by another name',
      line('a', 'x').replace('"model"', '"Model"'),
      400,
      /spelled otherwise\. Line 1 \(custom_id a\)/,
    ],
    ['a custom_id twice', `${line('a', 'x')}\n\n${line('a', 'y')}`, 400, /of line 1 is given again\. Line 3/],
    ['no custom_id', '{"method":"POST","url":"/v1/embeddings","body":{}}', 400, /Line 1\.$/],
    ['a body that is no object', '{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":[]}', 400, /Line 1/],
    ['an endpoint nobody declares', line('a', 'x', { url: '/v1/images/edits' }), 400, /endpoint.*Line 1/],
    ['a form as request', line('a', 'x', { url: '/v1/audio/translations' }), 400, /endpoint.*Line 1/],
    ['an upload within an upload', line('a', 'x', { url: '/v1/files' }), 400, /endpoint.*Line 1/],
    ['another method', line('a', 'x', { method: 'PUT' }), 400, /endpoint.*Line 1/],
    ['a URL that is no path', line('a', 'x', { url: 'https://evil.example/v1/embeddings' }), 400, /endpoint.*Line 1/],
    ['what some take for two lines', line('a', `\u2028${'{}'}\u2028`), 400, /as several\. Line 1/],
    ['nothing', ' \r\n\n', 400, /no request/],
    ['another quote of JSON lines', `${line('a', 'x')}${line('b', 'x')}`, 400, /Line 1/],
  ])('a file with %s is refused', async (_name, content, status, message) => {
    const before = gateway.upstream.requests.length
    const answer = await upload(gateway, form(file(content), purpose('batch')), 'open')
    expect([answer.status, errorOf(answer)]).toEqual([status, expect.stringMatching(message)])
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test.each([
    ['purpose spelled otherwise', 'Content-Disposition: form-data; name="Purpose"', 'batch'],
    ['purpose with spaces', 'Content-Disposition: form-data; name="purpose"', ' Batch '],
  ])('%s is no way round', async (_name, head, word) => {
    const answer = await upload(gateway, form(file(line('a', 'x', { model: 'gpt-4o' })), [head, word]), 'limited')
    expect(answer.status).toBe(403)
  })
})

test('an actor in quarantine does not get through inside a batch', async () => {
  gateway.upstream.respond(json(made))
  const by = (user: string): string => line('a', 'x', { more: { user } })
  expect((await gateway.send('/v1/chat/completions', chat(needle, 'mallory'), { app: 'claims' })).status).toBe(200)
  expect((await uploadLines(gateway, [by('ada')], 'claims')).status).toBe(200)
  const answer = await uploadLines(gateway, [by('ada').replace('"a"', '"b"'), by('mallory')], 'claims')
  expect([answer.status, errorOf(answer)]).toEqual([
    403,
    expect.stringMatching(/quarantined.*Line 2 \(custom_id a\)\.$/),
  ])
})

describe('uploads are as strict as every other form', () => {
  const good = form(file(line('a', 'x')), purpose('batch'))
  test.each<[string, Uint8Array, number]>([
    ['two purposes', form(purpose('batch'), purpose('vision'), file('')), 400],
    [
      'two files',
      form(file('a'), ['Content-Disposition: form-data; name="file2"; filename="b"', 'b'], purpose('batch')),
      400,
    ],
    ['no file', form(purpose('batch')), 400],
    ['an epilogue', Buffer.concat([good, Buffer.from('x')]), 400],
    ['a preamble', Buffer.concat([Buffer.from('x\r\n'), good]), 400],
    ['no final boundary', good.subarray(0, good.length - 6), 400],
    ['nothing', new Uint8Array(), 400],
  ])('%s', async (_name, body, status) => {
    const before = gateway.upstream.requests.length
    expect((await upload(gateway, body, 'open')).status).toBe(status)
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a coding is 415, another content type too', async () => {
    const coded = [
      ['content-type', contentType],
      ['content-encoding', 'gzip'],
    ] as const
    expect((await gateway.send('/v1/files', good, { headers: coded, app: 'open' })).status).toBe(415)
    expect((await gateway.send('/v1/files', '{}', { app: 'open' })).status).toBe(415)
    const labelled = file(line('a', 'x'), `${fileHead}; charset=utf-16`)
    expect((await upload(gateway, form(labelled, purpose('batch')), 'open')).status).toBe(415)
  })
})
