import { fileURLToPath } from 'node:url'
import type { Outcome, RefusalCode } from '@sluice/core'
import { type HeaderList, json, type RawResponse, type Responder, sse } from '@sluice/testing'
import type { SluiceOptions } from '../../harness/sluice.ts'
import { chunks, prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType, policies } from '../pitfalls/needle.ts'
import { boundary, encodeForm } from '../pitfalls/requests.ts'
import type { SendOptions, Served } from '../pitfalls/served.ts'
import { endsLate } from './ends-late.ts'

export const maxBodyBytes = 50_000
const chat = '/v1/chat/completions'
const bad = `a card ${needle}`

/** A gateway in which an exchange can end in every way. */
export const everyEnding: Omit<SluiceOptions, 'upstream'> = {
  apps: {
    open: {},
    strict: { policies: ['block-in', 'block-out'] },
    redacting: { policies: ['redact-in', 'redact-out'] },
    suspended: { status: 'suspended' },
    listed: { allowedModels: ['other'] },
    slow: { rateLimit: 1 },
    quarantined: { policies: ['quarantine'] },
  },
  config: {
    plugins: [
      ...detectors,
      { use: '@sluice/detector-secrets' },
      { use: fileURLToPath(new URL('../sdk/failing-detector.ts', import.meta.url)), id: 'failing' },
    ],
    policies: [...policies, { id: 'quarantine', match: { types: [needleType] }, action: 'QUARANTINE' }],
    limits: { maxBodyBytes },
    timeouts: { firstByteMs: 500, idleMs: 300 },
  },
}

/** What a caller puts into its requests beside what makes them end as they do. */
export interface Extra {
  readonly text?: string
  readonly headers?: HeaderList
  readonly body?: object
  /** With its `?`. */
  readonly query?: string
  /** What a provider says, beside the needle. */
  readonly said?: string
}

export interface Ending {
  readonly name: string
  readonly outcome: Outcome
  readonly code?: RefusalCode
  readonly status?: number
  send(gateway: Served, extra: Extra): Promise<RawResponse>
}

interface Request {
  readonly content?: string
  readonly more?: object
  readonly options?: SendOptions
  /** In place of the body of the prompt. */
  readonly body?: (json: string) => string | Uint8Array
  readonly path?: string
}

function ending(name: string, expected: Pick<Ending, 'outcome' | 'code' | 'status'>, request: Request = {}): Ending {
  const { content = 'hi', more = {}, options = {}, body, path = chat } = request
  return {
    name,
    ...expected,
    send(gateway, extra) {
      const words = `${content} ${extra.text ?? ''}`
      const json = JSON.stringify({ ...prompt(words), ...extra.body, ending: name, ...more })
      const headers = [...(extra.headers ?? []), ...(options.headers ?? [])]
      const sent = options.method === 'GET' ? undefined : (body?.(json) ?? json)
      return gateway.send(`${path}${extra.query ?? ''}`, sent, { ...options, headers })
    },
  }
}

const refused = (status: number, code: RefusalCode) => ({ outcome: 'refused', status, code }) as const
const failed = (status: number, code: RefusalCode) => ({ outcome: 'failed', status, code }) as const
const forwarded = { outcome: 'forwarded', status: 200 } as const
const blocked = { outcome: 'blocked', code: 'SLUICE_BLOCKED', status: 200 } as const
const stream = { stream: true }

export const endings: readonly Ending[] = [
  ending('whole', forwarded),
  ending('stream', forwarded, { more: stream }),
  ending('redacted', forwarded, { content: bad, options: { app: 'redacting' } }),
  ending('said-redacted', forwarded, { options: { app: 'redacting' } }),
  ending('models', forwarded, { path: '/v1/models', options: { method: 'GET' } }),
  ending('form', forwarded, {
    path: '/v1/audio/transcriptions',
    options: { headers: [['content-type', `multipart/form-data; boundary=${boundary}`]] },
    body: (json) =>
      encodeForm([
        { name: 'file', filename: 'a.wav', value: 'RIFF' },
        { name: 'model', value: 'whisper-1' },
        { name: 'prompt', value: json },
      ]),
  }),
  ending('provider-error', { outcome: 'forwarded', status: 500 }),
  ending('blocked', blocked, { content: bad, options: { app: 'strict' } }),
  ending('blocked-stream', blocked, { content: bad, more: stream, options: { app: 'strict' } }),
  ending('said-blocked', blocked, { options: { app: 'strict' } }),
  ending('redirect', failed(502, 'SLUICE_UPSTREAM_REFUSED')),
  ending('reset', failed(502, 'SLUICE_UPSTREAM_UNREACHABLE')),
  ending('silent', failed(504, 'SLUICE_UPSTREAM_TIMEOUT')),
  ending('cut', { outcome: 'upstream-truncated', status: 200 }, { more: stream }),
  ending('stalled', { outcome: 'upstream-truncated', status: 200, code: 'SLUICE_UPSTREAM_TIMEOUT' }, { more: stream }),
  ending('left', { outcome: 'client-aborted', status: 200 }, { more: stream, options: { read: { readUntil: 'one' } } }),
  ending('no-key', refused(401, 'SLUICE_KEY_MISSING'), { options: { headers: [['x-detection-key', '']] } }),
  ending('bad-key', refused(401, 'SLUICE_KEY_INVALID'), {
    options: { headers: [['x-detection-key', `detect_live_${'n'.repeat(40)}`]] },
  }),
  ending('key-misplaced', refused(400, 'SLUICE_KEY_MISPLACED'), {
    options: { headers: [['x-copy', `detect_live_${'n'.repeat(40)}`]] },
  }),
  ending('suspended', refused(403, 'SLUICE_APP_SUSPENDED'), { options: { app: 'suspended' } }),
  ending('quarantined', refused(403, 'SLUICE_ACTOR_QUARANTINED'), { options: { app: 'quarantined' } }),
  ending('model', refused(403, 'SLUICE_MODEL_NOT_ALLOWED'), { options: { app: 'listed' } }),
  ending('rate', refused(429, 'SLUICE_RATE_LIMITED'), { options: { app: 'slow' } }),
  ending('route', refused(404, 'SLUICE_ROUTE_UNKNOWN'), { path: '/v1/assistants' }),
  ending('malformed', refused(400, 'SLUICE_BODY_MALFORMED'), { body: (json) => json.slice(0, -1) }),
  ending('twice', refused(400, 'SLUICE_BODY_MALFORMED'), { body: (json) => `{"model":"x",${json.slice(1)}` }),
  ending('large', refused(413, 'SLUICE_BODY_TOO_LARGE'), { content: 'x'.repeat(maxBodyBytes) }),
  ending('coding', refused(415, 'SLUICE_ENCODING_UNSUPPORTED'), {
    options: { headers: [['content-encoding', 'x-own']] },
  }),
  ending('type', refused(415, 'SLUICE_CONTENT_TYPE_UNSUPPORTED'), {
    options: { headers: [['content-type', 'text/plain']] },
  }),
  ending('not-inspected', refused(503, 'SLUICE_NOT_INSPECTED'), { content: 'fail now' }),
]

/** Brings about what some endings need; answers how many exchanges that took. */
export async function prepare(gateway: Served): Promise<number> {
  await gateway.send(chat, prompt(bad), { app: 'quarantined' })
  await gateway.send(chat, prompt('hi'), { app: 'slow' })
  return 2
}

/** A provider that ends each exchange as its request asks. `said`: what it says to all. */
export function provider(said = ''): Responder {
  const ok = whole([{ content: `one ${said}` }])
  const frames = streamed([{ content: `one two ${said}` }])
  const needles = json(whole([{ content: `${bad} ${said}` }]))
  const by: Readonly<Record<string, Responder>> = {
    stream: sse(frames),
    'said-blocked': needles,
    'said-redacted': needles,
    'provider-error': json({ error: { message: `no ${said}` } }, { status: 500 }),
    redirect: json('{}', { status: 307, headers: { location: `http://127.0.0.1:1/${said}` } }),
    reset: (exchange) => exchange.reset(),
    silent: (exchange) => exchange.stall(),
    cut: endsLate(frames.slice(0, 400), 'cut'),
    stalled: sse(frames.slice(0, 400), { end: 'stall' }),
    left: sse(chunks([{ content: 'one' }]).slice(0, -1), { end: 'stall' }),
  }
  return (exchange) => {
    const text = exchange.request.text()
    const name = /"ending":"([\w-]+)"/.exec(text)?.[1] ?? ''
    return (by[name] ?? json(ok))(exchange)
  }
}
