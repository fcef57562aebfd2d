import { expect, test } from 'bun:test'
import { type RelayEnd, relay } from './relay.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function source(): {
  readonly body: ReadableStream<Uint8Array>
  readonly cancelled: () => boolean
  send(text: string): void
  fail(): void
  close(): void
} {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined
  let cancelled = false
  const body = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own
    },
    cancel() {
      cancelled = true
    },
  })
  return {
    body,
    cancelled: () => cancelled,
    send: (text) => controller?.enqueue(bytes(text)),
    fail: () => controller?.error(new Error('10.0.0.1 is gone')),
    close: () => controller?.close(),
  }
}

function relayed(from: ReadableStream<Uint8Array>): {
  readonly reader: ReadableStreamDefaultReader<Uint8Array>
  readonly ends: RelayEnd[]
  readonly seen: string[]
} {
  const ends: RelayEnd[] = []
  const seen: string[] = []
  const onChunk = (chunk: Uint8Array): void => void seen.push(new TextDecoder().decode(chunk))
  return { reader: relay(from, onChunk, (end) => ends.push(end)).getReader(), ends, seen }
}

test('chunks pass as they are, and the end is told once', async () => {
  const provider = source()
  const { reader, ends, seen } = relayed(provider.body)
  provider.send('one')
  expect((await reader.read()).value).toEqual(bytes('one'))
  expect(ends).toEqual([])
  provider.send('two')
  provider.close()
  expect((await reader.read()).value).toEqual(bytes('two'))
  expect((await reader.read()).done).toBe(true)
  expect([ends, seen]).toEqual([['done'], ['one', 'two']])
})

test('a lost provider is told at once, and shown to the client only when its last bytes are out', async () => {
  const provider = source()
  const { reader, ends } = relayed(provider.body)
  provider.send('last words')
  expect((await reader.read()).value).toEqual(bytes('last words'))
  let shown = false
  const next = reader.read().then(
    () => undefined,
    (error: unknown) => {
      shown = true
      return error
    },
  )
  provider.fail()
  // A turn of the event loop: what was handed to the runtime is written by then.
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect([ends, shown]).toEqual([['upstream-failed'], false])
  expect(String(await next)).toBe('Error: The provider ended the response before it was whole.')
})

test('a client that leaves ends the call to the provider, also while a failure is kept back', async () => {
  const provider = source()
  const { reader, ends } = relayed(provider.body)
  await reader.cancel()
  expect([ends, provider.cancelled()]).toEqual([['client-gone'], true])
  const lost = source()
  const later = relayed(lost.body)
  lost.send('one')
  await later.reader.read()
  lost.fail()
  await new Promise((resolve) => setTimeout(resolve, 0))
  await later.reader.cancel()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(later.ends).toEqual(['upstream-failed'])
})

test('a call that is given up while nobody reads ends all the same', async () => {
  for (const already of [false, true]) {
    const provider = source()
    const ends: RelayEnd[] = []
    const given = new AbortController()
    provider.send('nobody reads this')
    if (already) given.abort()
    const body = relay(
      provider.body,
      () => undefined,
      (end) => ends.push(end),
      given.signal,
    )
    await new Promise((resolve) => setTimeout(resolve, 0))
    given.abort()
    expect([ends, provider.cancelled()]).toEqual([['upstream-failed'], true])
    await new Promise((resolve) => setTimeout(resolve, 20))
    await body.cancel().catch(() => undefined)
    expect(ends).toHaveLength(1)
  }
})

test('reads no further ahead than its reader', async () => {
  let pulled = 0
  const endless = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        pulled++
        controller.enqueue(bytes('x'))
      },
    },
    { highWaterMark: 0 },
  )
  const { reader } = relayed(endless)
  for (let read = 1; read <= 5; read++) {
    await reader.read()
    await new Promise((resolve) => setTimeout(resolve, 0))
    expect(pulled).toBeLessThanOrEqual(read + 1)
  }
  await reader.cancel()
})

test('a fault of ours while a chunk passes ends the stream, and the call', async () => {
  const provider = source()
  const ends: RelayEnd[] = []
  const body = relay(
    provider.body,
    () => {
      throw new Error('needle')
    },
    (end) => ends.push(end),
  )
  provider.send('one')
  const error = await body.getReader().read().catch(String)
  expect(error).not.toContain('needle')
  expect([ends, provider.cancelled()]).toEqual([['upstream-failed'], true])
})
