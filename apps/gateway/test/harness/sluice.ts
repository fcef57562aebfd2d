import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { AuditEvent, StoreInstance } from '@sluice/core'
import storeSqlite from '@sluice/store-sqlite'
import type { ConfigOptions } from '../../src/config/schema.ts'

/** The runtime that serves in these tests; the tests themselves always run on Bun. */
export const runtime: 'bun' | 'deno' = process.env['SLUICE_TEST_RUNTIME'] === 'deno' ? 'deno' : 'bun'

const root = fileURLToPath(new URL('../../../../', import.meta.url))
const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
const command: readonly string[] =
  runtime === 'bun'
    ? [process.execPath, '--no-install', '--no-env-file', '--conditions=sluice-source', main]
    : [
        process.env['SLUICE_DENO'] ?? 'deno',
        'run',
        '-A',
        '--no-lock',
        '--conditions=sluice-source',
        '--unstable-no-legacy-abort',
        main,
      ]

export type AppPatch = Partial<ConfigOptions['apps'][number]>

export interface SluiceOptions {
  /** Origin of the provider, without `/v1`. */
  readonly upstream: string
  /** Of these adapters each AppContext has all, and all have this upstream. Default: OpenAI's alone. */
  readonly adapters?: readonly string[]
  /** Options of the adapters besides their base URL; `path` is that of the base URL, `/v1` by default. */
  readonly adapter?: { readonly path?: string; readonly options?: Readonly<Record<string, unknown>> }
  /** Over `{ plugins: [adapter] }`. */
  readonly config?: Partial<ConfigOptions>
  /** AppContexts by a short name of the test's own. Default: one, `app`, in observation mode. */
  readonly apps?: Readonly<Record<string, AppPatch>>
  readonly environment?: Readonly<Record<string, string>>
}

/** A gateway in a process of its own, as a user would start it. */
export interface TestSluice {
  readonly url: string
  readonly folder: string
  readonly process: ChildProcess
  /** Standard error so far. */
  readonly log: readonly string[]
  /** Standard output so far: nothing, as long as it serves. */
  readonly output: readonly string[]
  /** The detection key of an AppContext. */
  key(app?: string): string
  appId(app?: string): string
  headers(app?: string): Record<string, string>
  /** Sends JSON, with the detection key. */
  post(
    path: string,
    body: unknown,
    options?: { app?: string; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<Response>
  /** The record of an exchange, once it is written. */
  eventOf(exchange: Response | string): Promise<AuditEvent>
  /** All records, once there are at least so many. */
  events(atLeast: number): Promise<readonly AuditEvent[]>
  stop(signal?: NodeJS.Signals): Promise<number | null>
  [Symbol.asyncDispose](): Promise<void>
}

export async function startSluice(options: SluiceOptions): Promise<TestSluice> {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-test-'))
  const apps = options.apps ?? { app: {} }
  const keys = new Map(Object.keys(apps).map((name) => [name, `detect_live_${randomBytes(30).toString('base64url')}`]))
  const ids = new Map(Object.keys(apps).map((name, index) => [name, `ac_${String(index).padStart(12, '0')}`]))
  const { config = {}, adapters = ['@sluice/adapter-openai'] } = options
  const all = options.adapters === undefined ? {} : { adapter: options.adapters }
  const written = {
    ...config,
    server: { shutdownSeconds: 2, ...config.server },
    plugins: [
      ...adapters.map((use) => ({
        use,
        options: { baseUrl: `${options.upstream}${options.adapter?.path ?? '/v1'}`, ...options.adapter?.options },
      })),
      ...(config.plugins ?? []),
    ],
    apps: Object.entries(apps).map(([name, patch]) => ({ id: ids.get(name), name, ...all, ...patch })),
    keys: [
      ...(config.keys ?? []),
      ...[...keys].map(([name, key]) => ({ app: ids.get(name), name, hash: `sha256:${sha256(key)}` })),
    ],
  }
  const file = join(folder, 'sluice.json')
  writeFileSync(file, JSON.stringify(written))

  const [program = '', ...args] = command
  const child = spawn(program, [...args, 'serve', '--config', file, '--port', '0'], {
    cwd: root,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const log: string[] = []
  const output: string[] = []
  child.stdout?.on('data', (chunk) => output.push(String(chunk)))
  const url = await listening(child, log, exited).catch((error: unknown) => {
    rmSync(folder, { recursive: true, force: true })
    throw error
  })
  let store: Promise<StoreInstance & { close?(): unknown }> | undefined

  const named = (map: ReadonlyMap<string, string>, app = [...map.keys()][0] ?? ''): string => {
    const value = map.get(app)
    if (value === undefined) throw new Error(`no AppContext ${app}`)
    return value
  }
  const sluice: TestSluice = {
    url,
    folder,
    process: child,
    log,
    output,
    key: (app) => named(keys, app),
    appId: (app) => named(ids, app),
    headers: (app) => ({ 'x-detection-key': named(keys, app), authorization: 'Bearer sk-test' }),
    post(path, body, { app, headers, signal } = {}) {
      return fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...sluice.headers(app), ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
        ...(signal === undefined ? {} : { signal }),
      })
    },
    async eventOf(exchange) {
      const id = typeof exchange === 'string' ? exchange : exchange.headers.get('x-sluice-exchange-id')
      return waitFor(`the record of ${id}`, async () => {
        const all = await sluice.events(0)
        return all.find((event) => event.id === id)
      })
    },
    async events(atLeast) {
      store ??= openStore(folder)
      const { audit } = await store
      return waitFor(`${atLeast} records`, async () => {
        const rows = await audit.read({ last: 5000 })
        return rows.length >= atLeast ? rows.map(({ event }) => event) : undefined
      })
    },
    async stop(signal = 'SIGTERM') {
      child.kill(signal)
      return exited
    },
    async [Symbol.asyncDispose]() {
      await sluice.stop()
      await (await store)?.close?.()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return sluice
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** Asks again until there is an answer; fails after five seconds. */
export async function waitFor<T>(what: string, ask: () => Promise<T | undefined> | T | undefined): Promise<T> {
  const deadline = Date.now() + 5000
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (Date.now() > deadline) throw new Error(`waited five seconds for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

async function openStore(folder: string): Promise<StoreInstance & { close?(): unknown }> {
  const silent = { debug() {}, info() {}, warn() {}, error() {} }
  return storeSqlite.create(
    { path: '.sluice/sluice.db' },
    { instance: 'test', folder, log: silent, signal: new AbortController().signal, now: Date.now, access: 'read-only' },
  )
}

async function listening(child: ChildProcess, log: string[], exited: Promise<number | null>): Promise<string> {
  if (child.stderr === null) throw new Error('standard error is not piped')
  const lines = createInterface({ input: child.stderr })
  const url = new Promise<string>((resolve) => {
    lines.on('line', (line) => {
      log.push(line)
      const found = /http:\/\/[\w.[\]:]+:\d+/.exec(line)?.[0]
      if (found !== undefined && line.includes('is listening')) resolve(found)
    })
  })
  const gone = exited.then((code) => {
    throw new Error(`the gateway did not start (${code}):\n${log.join('\n')}`)
  })
  // Only a rejection before it listens matters.
  gone.catch(() => undefined)
  return Promise.race([url, gone])
}
