import { describe, expect, test } from 'bun:test'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { json, sse } from '@sluice/testing'
import { command } from '../../harness/command.ts'
import { waitFor } from '../../harness/sluice.ts'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({ config: { plugins: [{ use: '@sluice/detector-pii' }] } })
const picky = served({ config: { store: { use: fileURLToPath(new URL('./picky-store.ts', import.meta.url)) } } })
const chat = '/v1/chat/completions'

/** As they stand in JSON. */
const poisons: Readonly<Record<string, string>> = {
  'a NUL': 'a\\u0000b',
  'half a character, the first': '\\ud800',
  'half a character, the second': 'x\\udc00',
  'two halves the wrong way round': '\\udc00\\ud800',
  'the end of a line, of several kinds': 'a\\u000a\\u000d\\u2028\\u2029b',
  'a quote and a backslash': '\\"\\\\',
  'what is no character': '\\uffff\\ufffe',
}

/** Half a character in a member's name is refused: other readers would take it for another name. */
const isHalf = (text: string): boolean => !JSON.parse(`"${text}"`).isWellFormed()

/** A request with the text in every name that may get into a record. */
function poisoned(text: string): string {
  const name = isHalf(text) ? 'x' : text
  return `{"model":"${text}","models":["${text}"],"user":"${text}","safety_identifier":"${text}","${name}":"${text}",
"conversation":"${text}","tools":[{"type":"function","function":{"name":"${text}"}}],
"messages":[{"role":"user","name":"${text}","content":"${text} ada.lovelace@engine-works.com"},
{"role":"assistant","tool_calls":[{"id":"${text}","type":"function","function":{"name":"${text}","arguments":"{}"}}]},
{"role":"tool","tool_call_id":"${text}","content":"${text}"}]}`
}

/** An answer that calls a tool of that name and id. */
function answering(text: string) {
  const read: string = JSON.parse(`"${text}"`)
  return [{ content: read, calls: [{ id: read, name: read, input: '{}' }] }]
}

// From the review of this design.
describe('50 one poisoned event spoils the record', () => {
  test.each(Object.entries(poisons))('%s, in every id and name: 100 exchanges, 100 records', async (_, text) => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const before = (await gateway.sluice.events(0)).length
    const answers = await Promise.all(
      Array.from({ length: 100 }, async (_, at) => {
        if (at !== 50) return gateway.send(chat, prompt('hi'))
        gateway.upstream.once(json(whole(answering(text))))
        return gateway.send(chat, poisoned(text), { headers: [['x-session-id', 'a\u00ffb']] })
      }),
    )
    gateway.upstream.respond(sse(streamed(answering(text))))
    const stream = await gateway.send(chat, poisoned(text).replace('{', '{"stream":true,'))
    const records = await gateway.records([...answers, stream])
    expect(records).toHaveLength(101)
    expect(await gateway.sluice.events(before + 101)).toHaveLength(before + 101)
    for (const record of [records[50], records[100]]) {
      expect(record?.detections.map(({ type }) => type)).toContain('PII_EMAIL')
      expect(record?.model).toMatch(/^fingerprint:[0-9a-f]{16}$/)
      expect(record?.code).not.toBe('SLUICE_STORE_FAILED')
    }
    expect(gateway.sluice.log.filter((line) => line.includes('"level":"error"'))).toEqual([])
  })

  test('what the command prints of it is one line of JSON each', async () => {
    const { folder } = gateway.sluice
    const ran = await command(['audit', '--json', '--config', join(folder, 'sluice.json')], { folder })
    const lines = ran.stdout.trimEnd().split('\n')
    expect(lines).toHaveLength((await gateway.sluice.events(0)).length)
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ type: 'sluice.exchange.v1' })
  })

  test('1 that the store does not take among 99: 100 records', async () => {
    picky.upstream.respond(json(whole([{ content: 'ok' }])))
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        picky.send(chat, { ...prompt('hi'), model: at === 50 ? 'poison' : 'honest' }),
      ),
    )
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    // What comes after it shows that it is the event, and not the store.
    const poison = answers[50]?.header('x-sluice-exchange-id')
    const record = await waitFor('something of the poisoned one', async () => {
      await picky.send(chat, prompt('hi'))
      return (await picky.sluice.events(0)).find(({ id }) => id === poison)?.data
    })
    expect(record).toMatchObject({ code: 'SLUICE_STORE_FAILED', faults: [{ code: 'EVENT_NOT_RECORDABLE' }] })
    const all = await picky.records(answers)
    expect(all.filter(({ model }) => model === 'honest')).toHaveLength(99)
  }, 20_000)
})
