import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { execFile } from 'node:child_process'
import { json, rawRequest, startUpstream, type Upstream } from '@sluice/testing'
import OpenAI from 'openai'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { card, completion, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

const answer = JSON.stringify(completion({ content: 'Hello!' }))

beforeAll(async () => {
  upstream = await startUpstream()
  upstream.respond(json(answer))
  sluice = await startSluice({
    upstream: upstream.url,
    apps: { app: { policies: ['cards'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [{ id: 'cards', match: { types: ['FINANCIAL_*'] }, action: 'BLOCK' }],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})
beforeEach(() => {
  upstream.requests.length = 0
})

/** What the page's three examples have in common, as the provider must get it. */
function expectForwarded(body: unknown): void {
  expect(upstream.requests).toHaveLength(1)
  const [request] = upstream.requests
  expect(request?.method).toBe('POST')
  expect(request?.target).toBe('/v1/chat/completions')
  expect(request?.header('authorization')).toBe('Bearer sk-your-openai-key')
  expect(request?.header('x-detection-key')).toBeUndefined()
  expect(request?.json()).toEqual(body)
}

test(says('Route your OpenAI API traffic through Sluice for runtime enforcement.'), async () => {
  const routed = await sluice.post('/v1/chat/completions', prompt('Hello'))
  expect(await routed.text()).toBe(answer)
  expect(upstream.requests).toHaveLength(1)
  const enforced = await sluice.post('/v1/chat/completions', prompt(`Charge ${card}`))
  expect(await enforced.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
  expect(upstream.requests).toHaveLength(1)
})

test(says('SDK Configuration: Python'), async () => {
  // Python's own client is not at hand here: this is its request to the letter (openai-python over httpx).
  const body = '{"messages":[{"role":"user","content":"Hello"}],"model":"gpt-4"}'
  const response = await rawRequest(`${sluice.url}/v1/chat/completions`, {
    method: 'POST',
    headers: [
      ['Host', sluice.url.slice('http://'.length)],
      ['Accept-Encoding', 'gzip, deflate, br, zstd'],
      ['Connection', 'keep-alive'],
      ['Accept', 'application/json'],
      ['Content-Type', 'application/json'],
      ['User-Agent', 'OpenAI/Python 3.22.0'],
      ['X-Stainless-Lang', 'python'],
      ['X-Stainless-Package-Version', '3.22.0'],
      ['X-Stainless-OS', 'Linux'],
      ['X-Stainless-Arch', 'x64'],
      ['X-Stainless-Runtime', 'CPython'],
      ['X-Stainless-Runtime-Version', '3.13.1'],
      ['Authorization', 'Bearer sk-your-openai-key'],
      ['X-Stainless-Async', 'false'],
      ['X-Detection-Key', sluice.key()],
      ['x-stainless-retry-count', '0'],
      ['x-stainless-read-timeout', '600'],
      ['Content-Length', `${body.length}`],
    ],
    body,
  })
  expect(response.text()).toBe(answer)
  expectForwarded(JSON.parse(body))
  expect(upstream.requests[0]?.text()).toBe(body)
  expect(upstream.requests[0]?.header('user-agent')).toBe('OpenAI/Python 3.22.0')
})

test(says('SDK Configuration: Node.js'), async () => {
  const client = new OpenAI({
    apiKey: 'sk-your-openai-key',
    baseURL: `${sluice.url}/v1`,
    defaultHeaders: {
      'X-Detection-Key': sluice.key(),
    },
  })
  const { choices } = await client.chat.completions.create(prompt('Hello'))
  expect(choices[0]?.message.content).toBe('Hello!')
  expectForwarded(prompt('Hello'))
})

test(says('SDK Configuration: curl'), async () => {
  // The page's command line to the letter, but for the address, the key and what keeps curl quiet.
  const line = `curl -sS --noproxy '*' ${sluice.url}/v1/chat/completions \\
  -H "Content-Type: application/json" \\
  -H "Authorization: Bearer sk-your-openai-key" \\
  -H "X-Detection-Key: ${sluice.key()}" \\
  -d '{
    "model": "gpt-4",
    "messages": [{"role": "user", "content": "Hello"}]
  }'`
  expect((await shell(line)) ?? (await asCurlWould(line))).toBe(answer)
  expectForwarded(prompt('Hello'))
  expect(upstream.requests[0]?.text()).toBe(dataOf(line))
})

/** Standard output of a command line; undefined where its program is not installed. */
function shell(line: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    execFile('/bin/sh', ['-c', line], (error, stdout) => {
      if (error?.code === 127) resolve(undefined)
      else if (error) reject(error)
      else resolve(stdout)
    })
  })
}

async function asCurlWould(line: string): Promise<string> {
  const headers = [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = '', value = '']): [string, string] => {
    return [name, value]
  })
  const response = await fetch(`${sluice.url}/v1/chat/completions`, { method: 'POST', headers, body: dataOf(line) })
  return response.text()
}

function dataOf(line: string): string {
  return /-d '([^']*)'/.exec(line)?.[1] ?? ''
}
