// `bun run demo`: what Sluice does to five calls, without an account anywhere. The provider is a mock in this process,
// the gateway and the client are the real ones. Ends by itself and leaves nothing behind.
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { AuditEvent } from '@sluice/core'
import OpenAI from 'openai'
import { createLog } from '../src/host/log.ts'
import { startGateway } from '../src/start.ts'
import { demoConfiguration } from './config.ts'
import { bold, dim, green, heading, line, yellow } from './print.ts'
import { startDemoProvider } from './provider.ts'
import { recordOf } from './record.ts'

process.umask(0o077)
const folder = mkdtempSync(join(tmpdir(), 'sluice-demo-'))
const remove = () => rmSync(folder, { recursive: true, force: true })
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    remove()
    process.exit(130)
  })
}

const key = `detect_live_${randomBytes(30).toString('base64url')}`
const hash = `sha256:${createHash('sha256').update(key).digest('hex')}`
const file = join(folder, 'sluice.json')
const provider = await startDemoProvider()
writeFileSync(file, JSON.stringify(demoConfiguration(provider.url, hash)))
const log = createLog({ level: 'error', format: 'text' })
const gateway = await startGateway({ config: file, environment: {}, port: 0, log })

const client = new OpenAI({
  apiKey: 'sk-your-openai-key',
  baseURL: `${gateway.url}/v1`,
  defaultHeaders: { 'X-Detection-Key': key },
})
const model = 'gpt-4o-mini'
const ask = (content: string) => ({ model, messages: [{ role: 'user' as const, content }] })

try {
  console.log(bold('Sluice, between the official client and a provider that is made up'))
  console.log(dim(`client ─► ${gateway.url} (Sluice) ─► ${provider.url} (mock provider)`))

  heading(1, 'A call with nothing in it')
  await whole('What is the capital of France?')

  heading(2, 'A prompt that a policy blocks (no-cards-out)')
  const before = provider.calls
  await whole('Charge 4111 1111 1111 1111 for the tickets.')
  line('provider', provider.calls === before ? green('was not called') : yellow('was called'))

  heading(3, 'A tool that may not be offered (tool-filter-rules)')
  line('tools', 'get_weather, run_shell_command')
  await whole('What is the weather in London?', ['get_weather', 'run_shell_command'])
  line('provider', `was offered ${green(provider.tools.join(', '))}`)

  heading(4, 'A stream: forwarded as it comes, inspected when it has ended (no-addresses-in)')
  await streamed('Who knows about the engine?')

  heading(5, 'The same answer, not streamed: the rule can act')
  await whole('Who knows about the engine?')

  console.log(
    `\n${dim('`bun run gateway` serves with a configuration of your own; `bun run sluice --help` has the rest.')}`,
  )
} finally {
  await gateway.stop()
  await provider.stop()
  remove()
}

async function whole(prompt: string, tools: readonly string[] = []): Promise<void> {
  line('asked', prompt)
  const offered = tools.map((name) => ({ type: 'function' as const, function: { name } }))
  const { data, response } = await client.chat.completions
    .create({ ...ask(prompt), ...(offered.length === 0 ? {} : { tools: offered }) })
    .withResponse()
  const [choice] = data.choices
  line('answered', `${choice?.message.content} ${dim(`(finish_reason ${choice?.finish_reason})`)}`)
  await record(response)
}

async function streamed(prompt: string): Promise<void> {
  line('asked', prompt)
  const { data, response } = await client.chat.completions.create({ ...ask(prompt), stream: true }).withResponse()
  const pieces: string[] = []
  for await (const chunk of data) {
    const text = chunk.choices[0]?.delta.content
    if (text) pieces.push(text)
  }
  line('answered', `${pieces.join(dim('|'))} ${dim(`(${pieces.length} pieces)`)}`)
  await record(response)
}

async function record(response: Response): Promise<void> {
  const event = await recordOf(response.headers.get('x-sluice-exchange-id') ?? '', file, folder)
  line('record', summary(event))
}

function summary({ data }: AuditEvent): string {
  const { outcome, action, effectiveAction, policy, detections, toolsRemoved, trust } = data
  const done = action === effectiveAction ? action : `${action}, in effect ${effectiveAction}`
  return [
    outcome === 'forwarded' ? green(outcome) : yellow(outcome),
    action === 'ALLOW' ? done : yellow(done),
    ...(policy === undefined ? [] : [`by ${policy}`]),
    ...detections.map(
      ({ type, severity, place }) => `${type} (${severity}) at ${place.pointer || `frame ${place.frame}`}`,
    ),
    ...toolsRemoved.map(({ name, code }) => `without ${name} (${code})`),
    ...(trust === undefined ? [] : [dim(`trust ${trust.before} → ${trust.after}`)]),
  ].join(', ')
}
