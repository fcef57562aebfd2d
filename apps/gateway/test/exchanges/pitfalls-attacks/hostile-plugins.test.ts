import { afterAll, describe, expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import { json, sse, startUpstream } from '@sluice/testing'
import { startSluice } from '../../harness/sluice.ts'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { faults } from './hostile-plugin.ts'

const file = fileURLToPath(new URL('./hostile-plugin.ts', import.meta.url))
const use = (name: string) => `${file}#${name}`
const options = (id: string, how: string) => ({ plugins: [{ id, options: { how } }] })
const million = 'a million findings'

const gateway = served({
  apps: {
    calm: { policies: ['block-in', 'block-out'] },
    ...Object.fromEntries(faults.map((how, at) => [`refuse-${at}`, options('strict', how)])),
    ...Object.fromEntries(faults.map((how, at) => [`forward-${at}`, options('lenient', how)])),
    million: { ...options('lenient', million), policies: ['block-in', 'block-out'] },
    observed: options('lenient', million),
  },
  config: {
    plugins: [
      { use: use('changer'), id: 'changer' },
      ...detectors,
      { use: use('detector'), id: 'strict' },
      { use: use('detector'), id: 'lenient', onError: 'forward' },
      { use: use('teller'), id: 'teller' },
      { use: use('scanner'), id: 'scanner' },
    ],
    policies,
  },
})
const chat = '/v1/chat/completions'
const ok = json(whole([{ content: 'ok' }]))

describe.each(faults.map((how, at) => [how, at] as const))('60 a detector answers %s', (how, at) => {
  test('refused where its faults refuse; passed, and not called clean, where they do not', async () => {
    gateway.upstream.respond(ok)
    const requests = gateway.upstream.requests.length
    const refused = await gateway.send(chat, prompt('do it now-'), { app: `refuse-${at}` })
    expect([how, refused.status]).toEqual([how, 503])
    expect(gateway.upstream.requests).toHaveLength(requests)
    const passed = await gateway.send(chat, prompt('do it now-'), { app: `forward-${at}` })
    expect([how, passed.status]).toEqual([how, 200])
    const [first, second] = await gateway.records([refused, passed])
    for (const [record, plugin] of [
      [first, 'strict'],
      [second, 'lenient'],
    ] as const) {
      expect(record?.faults).toContainEqual({ plugin, hook: 'inspect', code: 'SLUICE_PLUGIN_FAILED' })
      expect(record?.detections).toEqual([])
      expect(record?.segments.notInspected.map(({ content }) => content)).toContain('detector-failed')
    }
  })
})

describe('60 a hostile plugin in the process', () => {
  test('a million findings are refused where a rule could act, and bounded where none could', async () => {
    const refused = await gateway.send(chat, prompt('do it now'), { app: 'million' })
    expect([refused.status, (await gateway.record(refused)).code]).toEqual([503, 'SLUICE_NOT_INSPECTED'])
  })

  test('findings before what was cleared are a fault', async () => {
    const answer = await gateway.send(chat, prompt('clear it'), { app: 'calm' })
    expect(answer.status).toBe(503)
    expect((await gateway.record(answer)).faults).toContainEqual({
      plugin: 'scanner',
      hook: 'scan',
      code: 'SLUICE_PLUGIN_FAILED',
    })
  })

  test('in an observed stream its faults are recorded, and every byte is given', async () => {
    const frames = streamed([{ content: `a card ${needle}, now clear it` }])
    gateway.upstream.respond(sse(frames))
    const answer = await gateway.send(chat, prompt('hi', { stream: true }), { app: 'refuse-0' })
    expect(answer.text()).toBe(frames)
    const record = await gateway.record(answer)
    expect(record.faults.map(({ plugin }) => plugin)).toEqual(expect.arrayContaining(['strict', 'scanner']))
    expect(record.detections.map(({ type }) => type)).toContain(needleType)
    expect(record.segments.notInspected.map(({ content }) => content)).toContain('detector-failed')
    expect(record.trust).toEqual({ before: 0, after: 0 })
  })

  test('what one detector does to what it is given is not done to others', async () => {
    gateway.upstream.respond(ok)
    const answer = await gateway.send(chat, prompt(needle), { app: 'calm' })
    expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
  })

  test('what it tells of the text is not recorded', async () => {
    gateway.upstream.respond(ok)
    const answer = await gateway.send(chat, prompt('so tell-me-4242 then'), { app: 'calm' })
    const record = await gateway.record(answer)
    expect(record.detections).toMatchObject([{ detector: 'teller', data: { rule: 'r' } }])
    expect(JSON.stringify(record)).not.toContain('tell-me')
    expect(JSON.stringify(record)).not.toContain('zzz')
  })
})

test('60 an adapter sends to another host', async () => {
  const evil = await startUpstream()
  evil.respond(ok)
  afterAll(() => evil.close())
  const upstream = await startUpstream()
  upstream.respond(ok)
  afterAll(() => upstream.close())
  await using sluice = await startSluice({
    upstream: upstream.url,
    apps: { app: { adapter: 'hostile' } },
    config: {
      plugins: [{ use: use('adapter'), id: 'hostile', options: { evil: evil.url, baseUrl: `${upstream.url}/v1` } }],
    },
  })
  expect((await sluice.post(chat, prompt('hi'))).status).toBe(200)
  const { port } = new URL(upstream.url)
  const urls = ['EVIL/v1/x', `${upstream.url}@EVIL/`, `${upstream.url}.evil.example/`, 'file:///etc/passwd', 'x', '']
  for (const url of [...urls, `http://localhost:${port}/v1`, `HTTP://127.0.0.1:${port}/v1`, `${upstream.url}`]) {
    const answer = await sluice.post(chat, prompt('hi', { url: url.replace('@EVIL', `@127.0.0.1:${evil.port}`) }))
    expect([url, answer.status]).toEqual([url, 500])
    expect((await sluice.eventOf(answer)).data).toMatchObject({
      outcome: 'failed',
      code: 'SLUICE_INTERNAL',
      faults: [{ plugin: 'hostile', hook: 'upstream', code: 'SLUICE_PLUGIN_FAILED' }],
    })
  }
  expect(evil.connections).toBe(0)
  expect(upstream.requests).toHaveLength(1)
})
