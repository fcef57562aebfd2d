// Run by `bun run codex`; not part of `bun run test`, for what it fetches is large.
import { afterAll, beforeAll, expect, test } from 'bun:test'
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JsonObject } from '@sluice/core'
import { sse, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../harness/sluice.ts'
import { codexCommand } from './install.ts'

let upstream: Upstream
let sluice: TestSluice
/** What Codex asks of the world besides (it looks for plugins and the like) is sent here, and goes no further. */
let sink: Server
const command = codexCommand()
const home = mkdtempSync(join(tmpdir(), 'sluice-codex-home-'))

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: { app: { policies: ['block'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }, { use: '@sluice/tool-filter-rules', options: { deny: ['write_*'] } }],
      policies: [{ id: 'block', match: { types: ['FINANCIAL_CARD_NUMBER'] }, action: 'BLOCK' }],
    },
  })
  sink = createServer((socket) => socket.destroy())
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve))
  mkdirSync(join(home, 'work'))
  writeFileSync(
    join(home, 'config.toml'),
    `model = "gpt-5.1"
model_provider = "sluice"
approval_policy = "never"
sandbox_mode = "danger-full-access"
check_for_update_on_startup = false
[analytics]
enabled = false
[model_providers.sluice]
name = "Sluice"
base_url = "${sluice.url}/v1"
env_key = "PROVIDER_KEY"
wire_api = "responses"
request_max_retries = 0
stream_max_retries = 0
http_headers = { "X-Detection-Key" = "${sluice.key()}" }
`,
  )
})
afterAll(async () => {
  sink.close()
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
  rmSync(home, { recursive: true, force: true })
})

/** What `codex exec` prints, event by event. */
async function codex(prompt: string): Promise<JsonObject[]> {
  const { port } = sink.address() as { port: number }
  const proxy = `http://127.0.0.1:${port}`
  const child = spawn(command, ['exec', '--skip-git-repo-check', '--json', prompt], {
    cwd: join(home, 'work'),
    env: {
      PATH: process.env['PATH'] ?? '',
      HOME: home,
      CODEX_HOME: home,
      PROVIDER_KEY: 'sk-test',
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      ALL_PROXY: proxy,
      NO_PROXY: '127.0.0.1',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  const code = await new Promise((resolve) => child.once('exit', resolve))
  expect(code).toBe(0)
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** What the model says in one response, as the provider streams it. */
function streamed(id: string, item: JsonObject): string {
  const response = { id, object: 'response', created_at: 1764150001, model: 'gpt-5.1', output: [], error: null }
  const usage = { input_tokens: 9, output_tokens: 3, total_tokens: 12 }
  const events = [
    { type: 'response.created', response: { ...response, status: 'in_progress' } },
    { type: 'response.output_item.added', output_index: 0, item: { ...item, status: 'in_progress' } },
    { type: 'response.output_item.done', output_index: 0, item },
    { type: 'response.completed', response: { ...response, status: 'completed', output: [item], usage } },
  ]
  const frames = events.map((event, at) => JSON.stringify({ ...event, sequence_number: at }))
  return frames.map((frame, at) => `event: ${events[at]?.type}\ndata: ${frame}\n\n`).join('')
}

const call = (name: string, input: JsonObject): JsonObject => {
  const id = { id: 'fc_1', call_id: 'call_1', status: 'completed' }
  return { type: 'function_call', ...id, name, arguments: JSON.stringify(input) }
}
const said = (text: string): JsonObject => ({
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  status: 'completed',
  content: [{ type: 'output_text', text, annotations: [] }],
})

const itemsOf = (events: readonly JsonObject[], type: string) =>
  events.map(({ item }) => item as JsonObject | undefined).filter((item) => item?.['type'] === type)

test('a turn that runs a command, through the gateway unchanged', async () => {
  const before = upstream.requests.length
  const answers = [
    streamed('resp_1', call('exec_command', { cmd: 'echo water-gate' })),
    streamed('resp_2', said('It printed water-gate.')),
  ]
  upstream.respond((exchange) => sse(answers.shift() ?? '')(exchange))
  const events = await codex('Run `echo water-gate` and say what it printed.')
  expect(itemsOf(events, 'command_execution').at(-1)).toMatchObject({ exit_code: 0, aggregated_output: 'water-gate\n' })
  expect(itemsOf(events, 'agent_message')).toMatchObject([{ text: 'It printed water-gate.' }])

  const [first, second, ...more] = upstream.requests.slice(before)
  expect(more).toEqual([])
  expect(first?.header('authorization')).toBe('Bearer sk-test')
  expect(first?.header('x-detection-key')).toBeUndefined()
  const result = JSON.parse(second?.text() ?? '{}').input.at(-1)
  expect(result).toMatchObject({ type: 'function_call_output', call_id: 'call_1' })
  expect(result.output).toContain('water-gate')

  const records = (await sluice.events(2)).map(({ data }) => data)
  for (const { operation, outcome, stream } of records) {
    expect([operation, stream]).toEqual(['responses.create', true])
    // Codex closes the connection at the last event, which may be before the stream's own end has come.
    expect(['forwarded', 'client-aborted']).toContain(outcome)
  }
  expect(records.map(({ code }) => code)).toEqual([undefined, undefined])
  expect(records.flatMap(({ toolCalls }) => toolCalls.map(({ name }) => name))).toEqual(['exec_command'])
  expect(records.flatMap(({ detections }) => detections)).toEqual([])
}, 120_000)

test('a tool that a filter denies is not offered, and the others are', async () => {
  const before = upstream.requests.length
  upstream.respond(sse(streamed('resp_3', said('Hello.'))))
  await codex('Say hello.')
  const { tools } = JSON.parse(upstream.requests[before]?.text() ?? '{}')
  const names = tools.map(({ name }: { name?: string }) => name)
  expect(names).toContain('exec_command')
  expect(names).not.toContain('write_stdin')
}, 120_000)

test('a blocked prompt is answered with what is said of it, and asked once', async () => {
  const before = upstream.requests.length
  const events = await codex('Remember my card: 4111 1111 1111 1111.')
  expect(itemsOf(events, 'agent_message')).toMatchObject([{ text: 'Content blocked due to policy violations' }])
  expect(upstream.requests).toHaveLength(before)
  const blocked = (await sluice.events(4)).filter(({ data }) => data.outcome === 'blocked')
  expect(blocked).toHaveLength(1)
}, 120_000)
