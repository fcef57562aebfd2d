import { expect, test } from 'bun:test'
import { execFile } from 'node:child_process'
import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { json, startUpstream } from '@sluice/testing'
import { type CommandOptions, command, ended, type Ran, said, startCommand } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'
import { waitFor } from '../harness/sluice.ts'
import { examples, flat } from './integration-page.ts'
import { type Fence, fencesOf, pageText, root } from './pages.ts'

const page = 'docs/getting-started.md'
const manifest: { packageManager: string; scripts: Record<string, string> } = JSON.parse(pageText('package.json'))
const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1700000000,
  model: 'gpt-4',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello!' }, logprobs: null, finish_reason: 'stop' }],
}

/** Scripts of the repository that a block may name; each is run by somebody: the last of them is running this. */
const scripts = /^(?:npx -y bun@(\S+)|bun) run (gateway|test|demo)$/

function expectScripts(code: string): void {
  for (const line of code.trim().split('\n')) {
    const [, version, script = ''] = scripts.exec(line) ?? []
    expect(manifest.scripts, line).toHaveProperty([script])
    if (version !== undefined) expect(manifest.packageManager).toBe(`bun@${version}`)
  }
}

test('README.md: every block is a script that is there, or the integration page to the letter', () => {
  for (const { language, code } of fencesOf('README.md')) {
    if (language === 'sh') expectScripts(code)
    else if (language === 'python') expect(flat(examples['SDK Configuration: Python'] ?? '')).toEndWith(flat(code))
    // `configurations.test.ts` loads those.
    else expect(['yaml', '']).toContain(language)
  }
})

test(`${page} is true from its first block to its last`, async () => {
  using folder = temporaryFolder()
  await using upstream = await startUpstream()
  upstream.respond(json(answer))
  const environment = { OPENAI_BASE_URL: `${upstream.url}/v1`, ANTHROPIC_BASE_URL: upstream.url }
  const gateway = startCommand(['serve', '--port', '0'], { folder: folder.path, environment })
  let log = ''
  gateway.stderr?.on('data', (chunk) => {
    log += chunk
  })
  try {
    const [address] = await said(gateway, /http:\/\/127\.0\.0\.1:\d+/)
    const reader = new Reader(address, { folder: folder.path, environment })
    let reloads = 0
    for (const fence of fencesOf(page)) {
      await reader.follow(fence)
      if (fence.language !== 'yaml') continue
      reloads++
      await waitFor('the reload', () => log.split('reloaded').length > reloads || undefined)
    }
    expect(reader.ran).toEqual([
      ...['gateway', 'gateway', 'keys create', 'python', 'javascript', 'curl', 'python', 'python', 'python'],
      ...['audit', 'yaml', 'check', 'curl', 'scan', 'yaml', 'javascript', 'demo'],
    ])
    // Hello from Node.js and from curl; the card of the last call stayed here.
    expect(upstream.requests.map((request) => request.header('authorization'))).toEqual(
      Array(2).fill('Bearer sk-your-openai-key'),
    )
    expect(upstream.requests.some((request) => request.text().includes('4111'))).toBe(false)
  } finally {
    gateway.kill('SIGTERM')
    await ended(gateway)
  }
}, 20_000)

/** Somebody who does what the page says, block by block. */
class Reader {
  readonly ran: string[] = []
  private readonly address: string
  private readonly at: CommandOptions
  private key = ''

  constructor(address: string, at: CommandOptions) {
    this.address = address
    this.at = at
  }

  async follow({ language, code }: Fence): Promise<void> {
    if (language === 'yaml') writeFileSync(join(this.at.folder, 'sluice.yaml'), code)
    else if (language === 'python') expect(Object.values(examples).map(flat)).toContain(flat(code))
    else if (language === 'javascript') await this.node(code)
    else if (language === 'sh') return this.shell(code.trim())
    else throw new Error(`nobody runs blocks of ${language}`)
    this.ran.push(language)
  }

  private async shell(line: string): Promise<void> {
    const [, echoed, words] = /^(?:echo '([^']*)' \| )?bun run sluice (.*)$/.exec(line) ?? []
    if (words !== undefined) return this.sluice(words.split(' '), echoed)
    if (line.startsWith('curl ')) return this.curl(line)
    expectScripts(line)
    this.ran.push(scripts.exec(line)?.[2] ?? '')
  }

  private async sluice(words: readonly string[], echoed: string | undefined): Promise<void> {
    const ran = await command(words, { ...this.at, ...(echoed === undefined ? {} : { stdin: `${echoed}\n` }) })
    const name = words[0] === 'keys' ? words.slice(0, 2).join(' ') : (words[0] ?? '')
    this.ran.push(name)
    expected[name]?.(ran)
    if (name === 'keys create') this.key = ran.stdout.trim()
  }

  private async curl(line: string): Promise<void> {
    const blocked = line.includes('4111')
    if (!blocked) expect(flat(line)).toBe(flat(examples['SDK Configuration: curl'] ?? ''))
    const body: { choices: { message: { content: string }; finish_reason: string }[] } = JSON.parse(
      await curl(this.mine(line), this.at.folder),
    )
    expect(body.choices[0]?.message.content).toBe(blocked ? 'Content blocked due to policy violations' : 'Hello!')
    if (blocked) expect(body.choices[0]?.finish_reason).toBe('content_filter')
    this.ran.push('curl')
  }

  /** The client of the page, and one call with it. */
  private async node(code: string): Promise<void> {
    if (code.includes('@anthropic-ai/sdk')) return this.anthropic(code)
    expect(flat(code)).toBe(flat(examples['SDK Configuration: Node.js'] ?? ''))
    const call = `
      const messages = [{ role: 'user', content: 'Hello' }]
      const { choices } = await client.chat.completions.create({ model: 'gpt-4', messages })
      console.log(choices[0].message.content)
    `
    const modules = join(this.at.folder, 'node_modules')
    mkdirSync(modules, { recursive: true })
    symlinkSync(realpathSync(join(root, 'apps/gateway/node_modules/openai')), join(modules, 'openai'), 'dir')
    writeFileSync(join(this.at.folder, 'client.mjs'), `${this.mine(code)}\n${call}`)
    expect(await run(process.execPath, ['client.mjs'], this.at.folder)).toBe('Hello!\n')
  }

  /** The other provider's client, which is not on the integration page, and a call that its policy blocks. */
  private async anthropic(code: string): Promise<void> {
    const call = `
      const messages = [{ role: 'user', content: 'Charge 4111 1111 1111 1111' }]
      const answer = await client.messages.create({ model: 'claude-sonnet-4-6', max_tokens: 10, messages })
      console.log(answer.stop_reason)
    `
    const modules = join(this.at.folder, 'node_modules/@anthropic-ai')
    mkdirSync(modules, { recursive: true })
    symlinkSync(realpathSync(join(root, 'apps/gateway/node_modules/@anthropic-ai/sdk')), join(modules, 'sdk'), 'dir')
    writeFileSync(join(this.at.folder, 'anthropic.mjs'), `${this.mine(code)}\n${call}`)
    expect(await run(process.execPath, ['anthropic.mjs'], this.at.folder)).toBe('refusal\n')
  }

  /** With the address and the key that this reader has. */
  private mine(code: string): string {
    return code.replaceAll('http://127.0.0.1:8787', this.address).replaceAll('detect_live_your_key_here', this.key)
  }
}

/** What the page promises of each command. */
const expected: Readonly<Record<string, (ran: Ran) => void>> = {
  'keys create': ({ code, stdout }) => {
    expect(code).toBe(0)
    expect(stdout).toMatch(/^detect_live_[A-Za-z0-9_-]{32,}\n$/)
  },
  audit: ({ code, stdout }) => {
    expect(code).toBe(0)
    expect(stdout.trim().split('\n')).toHaveLength(2)
    expect(stdout).toContain('/v1/chat/completions')
  },
  check: ({ code, stderr }) => {
    expect(code).toBe(0)
    expect(stderr).toContain('sluice.yaml is valid')
  },
  scan: ({ code, stdout }) => {
    expect(code).toBe(1)
    expect(stdout).toContain('FINANCIAL_CARD_NUMBER')
  },
}

/** What curl prints; where it is not installed, what it would. */
async function curl(line: string, folder: string): Promise<string> {
  if (Bun.which('curl') !== null) {
    return run('/bin/sh', ['-c', line.replace('curl ', "curl -sS --noproxy '*' ")], folder)
  }
  const [, url = ''] = /^curl (\S+)/.exec(line) ?? []
  const headers = [...line.matchAll(/-H "([^:]+): ([^"]+)"/g)].map(([, name = '', value = '']): [string, string] => {
    return [name, value]
  })
  const response = await fetch(url, { method: 'POST', headers, body: /-d '([^']*)'/.exec(line)?.[1] ?? '' })
  return response.text()
}

function run(program: string, words: readonly string[], folder: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, [...words], { cwd: folder }, (error, stdout) => {
      if (error) reject(error)
      else resolve(stdout)
    })
  })
}
