import { describe, expect, test } from 'bun:test'
import { detectionKey, loaded, memorySpool, needles, reply } from '../../test/fakes.ts'
import { fileAdapter } from '../../test/file-adapter.ts'
import { type Fixture, prompt, running } from '../../test/gateway.ts'
import type { Spool } from '../protocol/host.ts'

const boundary = 'XX'
const lines = ['a', 'b'].map((id) => JSON.stringify({ id, url: '/v1/chat', body: prompt(`é needle of ${id}`) }))
const body = new TextEncoder().encode(
  `--XX\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n${lines.join('\n')}\r\n` +
    '--XX\r\nContent-Disposition: form-data; name="purpose"\r\n\r\nbatch\r\n--XX--\r\n',
)

function uploadOf(stream: ReadableStream<Uint8Array>, headers: Record<string, string> = {}): Request {
  return new Request('http://gateway/v1/files', {
    method: 'POST',
    headers: {
      host: 'gateway',
      'x-detection-key': detectionKey,
      'content-type': `multipart/form-data; boundary=${boundary}`,
      ...headers,
    },
    body: stream,
  })
}

function pieces(...chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = left.shift()
      if (next === undefined) controller.close()
      else controller.enqueue(next)
    },
  })
}

function start(fixture: Fixture = {}, spool: Partial<Spool> = {}) {
  const spools: ReturnType<typeof memorySpool>[] = []
  const sent: { body: Uint8Array | undefined; size: number | undefined }[] = []
  const run = running({
    adapters: [fileAdapter],
    policies: [{ id: 'cut', match: {}, action: 'REDACT' }],
    host: {
      spool: async () => {
        const made = memorySpool(spool)
        spools.push(made)
        return made
      },
    },
    upstream: ({ body, size }) => {
      sent.push({ body, size })
      return reply('{"id":"file-1"}')
    },
    ...fixture,
  })
  return { ...run, spools, sent }
}

describe('uploads', () => {
  test('wherever they are cut on their way, what is found and sent is the same, and nothing stays behind', async () => {
    // All of them before the record is written for the first time.
    const { gateway, spools, sent, store } = start({ setup: { maxQueuedEvents: 10_000 } })
    const expected = new TextDecoder().decode(body).replaceAll('needle', '[REDACTED]')
    for (let at = 0; at <= body.length; at++) {
      const response = await gateway.handle(uploadOf(pieces(body.subarray(0, at), body.subarray(at))))
      expect([at, response.status]).toEqual([at, 200])
      const call = sent.at(-1)
      expect(new TextDecoder().decode(call?.body)).toBe(expected)
      expect(call?.size).toBe(call?.body?.length)
    }
    expect(spools.map((spool) => spool.removed() > 0)).not.toContain(false)
    await gateway.close(1000)
    const found = store.events.map(({ data }) => JSON.stringify(data.detections))
    expect([found.length, new Set(found).size]).toEqual([body.length + 1, 1])
  })

  test('that end before they are whole are refused, and nothing stays behind', async () => {
    const { gateway, spools, sent } = start()
    for (let at = 0; at < body.length - 2; at += 7) {
      expect((await gateway.handle(uploadOf(pieces(body.subarray(0, at))))).status).toBe(400)
    }
    const broken = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(new Error('the client left'))
      },
    })
    expect((await gateway.handle(uploadOf(broken))).status).toBe(400)
    expect(sent).toEqual([])
    expect(spools.map((spool) => spool.removed() > 0)).not.toContain(false)
  })

  test('past their own limit are 413, told or not; they may be larger than a body', async () => {
    const { gateway, spools } = start()
    const large = new Uint8Array(60_000).fill(10)
    expect((await gateway.handle(uploadOf(pieces(large, large)))).status).toBe(413)
    const told = uploadOf(pieces(body), { 'content-length': '100001' })
    expect((await gateway.handle(told)).status).toBe(413)
    const blank = new Uint8Array(20_000).fill(10)
    const lined = new TextDecoder().decode(body).replace('\n{', `${new TextDecoder().decode(blank)}{`)
    expect((await gateway.handle(uploadOf(pieces(new TextEncoder().encode(lined))))).status).toBe(200)
    expect(spools.map((spool) => spool.removed() > 0)).toEqual([true, true])
  })

  test('are 507 where there is no room, at once or later, and nothing is sent', async () => {
    const full = async (): Promise<void> => {
      throw new Error('ENOSPC: no space left on device')
    }
    const later = start({}, { append: full })
    const response = await later.gateway.handle(uploadOf(pieces(body)))
    expect([response.status, await response.json()]).toEqual([
      507,
      { error: 'The file could not be kept on disk while it is inspected, and was not forwarded.' },
    ])
    expect([later.sent, later.spools[0]?.removed()]).toEqual([[], 1])
    expect(await later.record()).toMatchObject({ outcome: 'refused', code: 'SLUICE_SPOOL_FAILED' })
    const atOnce = start({ host: { spool: () => Promise.reject(new Error('EACCES')) } })
    expect((await atOnce.gateway.handle(uploadOf(pieces(body)))).status).toBe(507)
  })

  test('that stop coming are 408', async () => {
    const { gateway, spools } = start({})
    const silent = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.enqueue(body.subarray(0, 9))
        return new Promise(() => undefined)
      },
    })
    expect((await gateway.handle(uploadOf(silent))).status).toBe(408)
    expect(spools[0]?.removed()).toBeGreaterThan(0)
  })

  test('are refused where a detector fails in one line', async () => {
    const failing = loaded({
      ...needles(),
      mode: 'inspect',
      inspect: ({ text }) => (text.includes('of b') ? Promise.reject(new Error('no')) : []),
    })
    const { gateway, sent } = start({ detectors: [failing] })
    const response = await gateway.handle(uploadOf(pieces(body)))
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining('Line 2 (custom_id b).')])
    expect(sent).toEqual([])
  })
})
