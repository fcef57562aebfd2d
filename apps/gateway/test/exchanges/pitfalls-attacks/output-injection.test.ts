import { beforeAll, describe, expect, test } from 'bun:test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { json } from '@sluice/testing'
import { command, ended, type Ran, startCommand } from '../../harness/command.ts'
import { waitFor } from '../../harness/sluice.ts'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

/**
 * ANSI (title, clear, colour, its 8-bit form, a link), a bell, new lines of every kind before a CEF and a JSON event,
 * a text turned round, HTML, Slack mentions, a formula of a spreadsheet. Without NUL and slash: it is also a file's name.
 */
const hostile =
  '=cmd|\' C calc\'!A0\u001b]0;owned\u0007\u001b[2J\u009b31m\r\nCEF:0|x|y|1|2|owned|9|\n{"owned":true}\u0085\u2028\u2029\u202egnp.exe\u2066<script>alert(1)<!script><img src=x onerror=alert(1)> <!channel> <@U1> @here'
/** What acts on a terminal, begins a line, or turns the direction of what follows. */
const acting = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u

const use = fileURLToPath(new URL('./hostile-words.ts', import.meta.url))
const options = { says: hostile }
const config = {
  plugins: [
    { use, id: hostile, options },
    { use: '@sluice/adapter-openai', id: `adapter ${hostile}` },
  ],
  policies: [{ id: hostile, description: hostile, match: { types: ['IP_WORD'] }, action: 'REDACT_AND_ALERT' as const }],
}
const apps = { app: { name: hostile, owner: hostile, policies: [hostile], adapter: '@sluice/adapter-openai' } }
const gateway = served({ config, apps })
const inText = served({ config: { ...config, log: { format: 'text', level: 'debug' } }, apps })
const chat = '/v1/chat/completions'

function run(...words: readonly string[]): Promise<Ran> {
  const { folder } = gateway.sluice
  return command([...words, '--config', join(folder, 'sluice.json')], { folder })
}

/** So many lines, in none of which anything acts. */
function expectLines(text: string, count?: number): readonly string[] {
  const lines = text.split('\n').filter((line) => line !== '')
  for (const line of lines) {
    expect([line, acting.test(line)]).toEqual([line, false])
    // What follows a new line in it begins none of ours.
    expect([line, /^(CEF|\{"owned")/.test(line)]).toEqual([line, false])
  }
  if (count !== undefined) expect(lines).toHaveLength(count)
  return lines
}

/** JSON of which one value is the hostile text, unharmed. */
function expectJson(text: string, count?: number): void {
  const lines = expectLines(text, count)
  for (const line of lines) expect(JSON.parse(line)).not.toHaveProperty('owned')
  expect(lines.some((line) => stringsIn(JSON.parse(line)).includes(hostile))).toBe(true)
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : []
}

async function hostileRequests(where: typeof gateway): Promise<void> {
  where.upstream.respond(json(whole([{ content: 'word', calls: [{ id: hostile, name: hostile, input: '{}' }] }])))
  const tools = [{ type: 'function', function: { name: hostile } }]
  const bodies = [
    { ...prompt('a word'), model: hostile, user: hostile, tools, [hostile]: hostile },
    { ...prompt('hi'), models: [hostile] },
    { model: 'm', messages: hostile },
  ]
  for (const body of bodies) await where.send(chat, body)
  const path = `/v1/models/${encodeURIComponent(hostile)}`
  await where.send(path, undefined, { method: 'GET', read: { method: 'GET' } })
  await where.send(`${chat}?${encodeURIComponent(hostile)}=${encodeURIComponent(hostile)}`, prompt('hi'))
}

// From the review of this design.
describe('61 output injection', () => {
  beforeAll(async () => {
    const made = await run('keys', 'create', '--app', gateway.sluice.appId(), '--name', hostile)
    expect([made.code, made.stderr]).toEqual([0, ''])
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    await gateway.send(chat, prompt('hi'), { headers: [['x-detection-key', made.stdout.trim()]] })
    await hostileRequests(gateway)
    await hostileRequests(inText)
    await gateway.sluice.events(6)
  }, 30_000)

  test('audit, for people', async () => {
    const { code, stdout, stderr } = await run('audit')
    expect([code, stderr]).toEqual([0, ''])
    expectLines(stdout, (await gateway.sluice.events(0)).length)
  })

  test('audit --json', async () => {
    const { stdout, stderr } = await run('audit', '--json')
    expect(stderr).toBe('')
    expectJson(stdout, (await gateway.sluice.events(0)).length)
  })

  test.each(['', '--json'])(
    'audit --follow %s',
    async (format) => {
      const { folder } = gateway.sluice
      const words = ['audit', '--follow', '--config', join(folder, 'sluice.json'), ...(format === '' ? [] : [format])]
      const child = startCommand(words, { folder })
      let text = ''
      child.stdout?.on('data', (chunk) => {
        text += chunk
      })
      const before = (await gateway.sluice.events(0)).length
      await waitFor('what is there', () => text.split('\n').length > before || undefined)
      await hostileRequests(gateway)
      await waitFor('what comes', () => text.split('\n').length > before + 5 || undefined)
      child.kill('SIGTERM')
      await ended(child)
      if (format === '') expectLines(text, before + 5)
      else expectJson(text, before + 5)
    },
    20_000,
  )

  test('the log, as JSON', () => {
    expectJson(gateway.sluice.log.join('\n'))
    expect(gateway.sluice.log.some((line) => line.includes('alert: a rule redacted'))).toBe(true)
  })

  test('the log, for people', () => {
    const lines = expectLines(inText.sluice.log.join('\n'))
    for (const line of lines) expect(line).toMatch(/^(debug|info|warn|error): /)
    expect(lines.some((line) => line.includes('owned'))).toBe(true)
  })

  test('keys list and keys revoke', async () => {
    const text = await run('keys', 'list')
    // A head, the key of the store and that of the configuration.
    expectLines(text.stdout, 3)
    const list = await run('keys', 'list', '--json')
    expectJson(list.stdout, 2)
    const id = list.stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]))
    const revoked = await run('keys', 'revoke', id.find(({ name }) => name === hostile).id)
    expect(revoked.code).toBe(0)
    expectLines(revoked.stderr, 1)
  })

  test('routes', async () => {
    const text = await run('routes')
    const json = await run('routes', '--json')
    const routes = json.stdout.trimEnd().split('\n').length
    expectLines(text.stdout, routes + 2)
    expectLines(json.stdout, routes)
    expect(json.stdout).toContain('adapter =cmd')
  })

  test('check: warnings', async () => {
    const { code, stderr } = await run('check')
    expect(code).toBe(0)
    const lines = expectLines(stderr)
    for (const line of lines) expect(line).toMatch(/^(warning: |sluice\.json is valid|\{.*"level":"warn")/)
    expect(lines.some((line) => line.startsWith('warning: policy =cmd'))).toBe(true)
  })

  test('check: errors', async () => {
    const { folder } = gateway.sluice
    const good = JSON.parse(readFileSync(join(folder, 'sluice.json'), 'utf8'))
    const wrong: Readonly<Record<string, object>> = {
      'an unknown member': { ...good, [hostile]: hostile },
      'an unknown name': { ...good, apps: [{ ...good.apps[0], policies: [`no ${hostile}`] }] },
      'a missing plugin': { ...good, plugins: [...good.plugins, { use: hostile }] },
      'a plugin that fails': { ...good, plugins: [{ use, id: hostile, options: { says: hostile, fails: true } }] },
      'wrong options': { ...good, plugins: [...good.plugins, { use, id: 'x', options: { [hostile]: hostile } }] },
      'a type that is none': { ...good, policies: [{ id: hostile, match: { types: [hostile] }, action: 'LOG' }] },
      'a missing variable': { ...good, server: { instance: '${env:NONE}' }, log: { level: hostile } },
    }
    for (const [name, value] of Object.entries(wrong)) {
      writeFileSync(join(folder, 'wrong.json'), JSON.stringify(value))
      const { code, stdout, stderr } = await command(['check', '--config', 'wrong.json'], { folder })
      expect([name, code, stdout]).toEqual([name, 1, ''])
      expectLines(stderr)
    }
  }, 30_000)

  test('scan, of a file with such a name', async () => {
    const { folder } = gateway.sluice
    writeFileSync(join(folder, hostile), 'one word')
    const text = await run('scan', hostile)
    expect([text.code, expectLines(text.stdout, 1)[0]?.includes('IP_WORD')]).toEqual([1, true])
    const asJson = await run('scan', hostile, '--json')
    expectJson(asJson.stdout, 1)
    expectLines((await run('scan', `no ${hostile}`)).stderr)
  })

  test('a command line that is none', async () => {
    for (const words of [[hostile], ['audit', `--${hostile}`], ['keys', 'create', '--app', hostile, '--name', 'x']]) {
      const { code, stdout, stderr } = await run(...words)
      expect([code, stdout]).toEqual([2, ''])
      expectLines(stderr)
    }
  })

  test('answers of the gateway are JSON and nothing else, whatever they quote', async () => {
    const answers = [
      await gateway.send(chat, `{"model":"m","messages":[],"Model":${JSON.stringify(hostile)}}`),
      await gateway.send(chat, `{${JSON.stringify(hostile)}:1,${JSON.stringify(hostile)}:2}`),
      await gateway.send(`/v1/${encodeURIComponent(hostile)}`, '{}'),
      await gateway.send(chat, '{}', { headers: [['content-type', 'text/html']] }),
    ]
    for (const answer of answers) {
      expect(answer.status).toBeGreaterThanOrEqual(400)
      expect(answer.header('content-type')).toBe('application/json')
      expectLines(answer.text(), 1)
      expect(Object.keys(answer.json() as object)).toEqual(['error'])
    }
  })
})
