import { expect, test } from 'bun:test'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { command, ended, said, startCommand } from '../harness/command.ts'
import { temporaryFolder } from '../harness/folder.ts'
import { linkCore, wordDetector } from '../harness/plugins.ts'

const app = 'ac_demo00000000'
const config = (upstream: string, more = '') => `server: { port: 0, shutdownSeconds: 2 }
plugins:
  - { use: '@sluice/adapter-openai', options: { baseUrl: '${upstream}/v1' } }
  - { use: ./words.mjs }
apps: [{ id: ${app}, name: Demo${more} }]
`

/** A provider that answers every chat with the same completion. */
function provider() {
  const server = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: () =>
      Response.json({
        id: 'chatcmpl-1',
        object: 'chat.completion',
        created: 1,
        model: 'm',
        choices: [{ index: 0, message: { role: 'assistant', content: 'hay' }, finish_reason: 'stop' }],
      }),
  })
  return { url: `http://127.0.0.1:${server.port}`, [Symbol.asyncDispose]: () => server.stop(true) }
}

const chat = (url: string, key: string, content: string, model = 'm') =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-detection-key': key },
    body: JSON.stringify({ model, messages: [{ role: 'user', content }] }),
  })

test('serve, record, audit, reload, stop', async () => {
  await using upstream = provider()
  using folder = temporaryFolder({ 'sluice.yaml': config(upstream.url), 'words.mjs': wordDetector })
  linkCore(folder.path)
  const file = join(folder.path, 'sluice.yaml')
  const key = (await command(['keys', 'create', '--app', app, '--name', 'k'], { folder: folder.path })).stdout.trim()
  const child = startCommand(['serve'], { folder: folder.path })
  let log = ''
  child.stderr?.on('data', (chunk) => {
    log += chunk
  })
  try {
    const [, url = ''] = await said(child, /"url":"(http:[^"]+)"/)
    expect(await (await fetch(`${url}/healthz`)).json()).toEqual({ status: 'ok' })
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect((await fetch(`${url}/healthz`, { method: 'HEAD' })).status).toBe(200)
    expect((await chat(url, key, 'a needle')).status).toBe(200)

    const audit = await command(['audit', '--json'], { folder: folder.path })
    expect(audit).toMatchObject({ code: 0, stderr: '' })
    const events = audit.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({
      subject: app,
      data: { outcome: 'forwarded', status: 200, detections: [{ type: 'IP_WORD', detector: './words.mjs' }] },
    })
    expect(audit.stdout).not.toContain('needle')

    // A configuration that cannot be loaded changes nothing, and its reason is logged.
    writeFileSync(file, config(upstream.url, ', allowedModels: []'))
    child.kill('SIGHUP')
    await said(child, /"message":"The configuration was not reloaded/)
    expect(log).toContain('apps[0].allowedModels')
    expect((await chat(url, key, 'hay')).status).toBe(200)

    // One that can takes over whole; the key, kept in the store, is still known.
    writeFileSync(file, config(upstream.url, ', allowedModels: [other]'))
    child.kill('SIGHUP')
    await said(child, /"message":"The configuration was reloaded/)
    expect((await chat(url, key, 'hay')).status).toBe(403)
    expect((await chat(url, key, 'hay', 'other')).status).toBe(200)
  } finally {
    child.kill('SIGTERM')
    // As a script runner does that passes on what a terminal told the whole group; two of one kind could arrive as one.
    child.kill('SIGINT')
  }
  expect(await ended(child)).toBe(0)
  expect(log).not.toContain(key)
  expect(log).not.toContain('needle')

  const last = await command(['audit', '--limit', '2'], { folder: folder.path })
  expect(
    last.stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('  ').slice(1, 4)),
  ).toEqual([
    ['refused', '403', 'POST'],
    ['forwarded', '200', 'POST'],
  ])
}, 30_000)

test('audit --follow shows what comes while the gateway runs, and ends when told to', async () => {
  await using upstream = provider()
  using folder = temporaryFolder({ 'sluice.yaml': config(upstream.url), 'words.mjs': wordDetector })
  linkCore(folder.path)
  const key = (await command(['keys', 'create', '--app', app, '--name', 'k'], { folder: folder.path })).stdout.trim()
  const gateway = startCommand(['serve'], { folder: folder.path })
  try {
    const [, url = ''] = await said(gateway, /"url":"(http:[^"]+)"/)
    const follower = startCommand(['audit', '--json', '--follow'], { folder: folder.path })
    const first = new Promise<string>((resolve) => follower.stdout?.once('data', (chunk) => resolve(String(chunk))))
    const exchange = (await chat(url, key, 'hay')).headers.get('x-sluice-exchange-id')
    expect(JSON.parse(await first).id).toBe(exchange)
    follower.kill('SIGINT')
    expect(await ended(follower)).toBe(0)
  } finally {
    gateway.kill('SIGTERM')
    await ended(gateway)
  }
}, 30_000)

test('the first start writes a configuration for its owner alone, and prints no key where no terminal is', async () => {
  await using upstream = provider()
  using folder = temporaryFolder()
  const child = startCommand(['serve', '--port', '0'], {
    folder: folder.path,
    environment: { OPENAI_BASE_URL: `${upstream.url}/v1` },
  })
  let log = ''
  child.stderr?.on('data', (chunk) => {
    log += chunk
  })
  try {
    const [, url = ''] = await said(child, /url="(http:[^"]+)"[\s\S]*keys create/)
    const file = join(folder.path, 'sluice.yaml')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const schema = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
    expect(await (await fetch(schema)).json()).toHaveProperty('properties.apps')
    expect(statSync(join(folder.path, '.sluice')).mode & 0o077).toBe(0)
    expect(log).not.toContain('detect_live_')

    const made = await command(['keys', 'create', '--app', app, '--name', 'k'], { folder: folder.path })
    expect((await chat(url, made.stdout.trim(), 'hay')).status).toBe(200)
  } finally {
    child.kill('SIGTERM')
  }
  expect(await ended(child)).toBe(0)
}, 30_000)

test('what makes a gateway unsafe keeps it from starting', async () => {
  await using upstream = provider()
  using folder = temporaryFolder({ 'sluice.yaml': config('http://127.0.0.1:45999'), 'words.mjs': wordDetector })
  linkCore(folder.path)
  const loop = await command(['serve', '--port', '45999'], { folder: folder.path })
  expect(loop).toMatchObject({ code: 2, stderr: expect.stringContaining('SLUICE_ENVIRONMENT_UNSAFE') })
  const tls = await command(['serve'], { folder: folder.path, environment: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } })
  expect(tls).toMatchObject({ code: 2, stderr: expect.stringContaining('NODE_TLS_REJECT_UNAUTHORIZED') })
  const port = new URL(upstream.url).port
  const taken = await command(['serve', '--port', port], { folder: folder.path })
  expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('something else listens there already') })
}, 30_000)

test('a folder that cannot be written to, and a configuration that is not there', async () => {
  using folder = temporaryFolder()
  mkdirSync(join(folder.path, 'sluice.yaml'))
  expect(await command(['serve'], { folder: folder.path })).toMatchObject({ code: 2 })
  const none = await command(['serve', '--config', 'mine.yaml'], { folder: folder.path })
  expect(none).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no configuration file') })
}, 30_000)
