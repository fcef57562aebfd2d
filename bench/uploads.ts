/**
 * What a large upload takes: resident memory of the gateway before it and at its highest, and the time until the answer.
 *
 *     bun --conditions=sluice-source bench/uploads.ts [megabytes] [batch | text | bytes] [bun | deno]
 */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { processorMilliseconds, residentMegabytes } from './consumption.ts'
import { freePort, start, stopEverything, temporaryFolder } from './processes.ts'
import { detectionKey, writeSluiceConfig } from './sluice-config.ts'

const megabytes = Number(process.argv[2] ?? 200)
const kind = process.argv[3] ?? 'batch'
const runtime = process.argv[4] ?? 'bun'
const main = fileURLToPath(new URL('../apps/gateway/src/main.ts', import.meta.url))

let received = createHash('sha256')
let length: string | null = null
const upstream = Bun.serve({
  port: 0,
  hostname: '127.0.0.1',
  maxRequestBodySize: Number.MAX_SAFE_INTEGER,
  async fetch(request) {
    received = createHash('sha256')
    length = request.headers.get('content-length')
    for await (const chunk of request.body ?? []) received.update(chunk)
    return Response.json({ id: 'file-1', object: 'file' })
  },
})

const boundary = 'upload-of-the-bench'
const words = 'The quick brown fox jumps over the lazy dog while nobody at all is looking, and then it rests. '.repeat(
  10,
)
function pieceOf(index: number): Uint8Array {
  if (kind === 'bytes') return new Uint8Array(65_536).fill(index % 2 === 0 ? 0xff : 0x41)
  if (kind === 'text') return Buffer.from(`${index}: ${words}\n`)
  const body = { model: 'gpt-5.5', messages: [{ role: 'user', content: `${index}: ${words}` }] }
  return Buffer.from(
    `${JSON.stringify({ custom_id: `${index}`, method: 'POST', url: '/v1/chat/completions', body })}\n`,
  )
}

/** The form, and the hash of what was made of it. */
function formOf(hash: ReturnType<typeof createHash>): ReadableStream<Uint8Array> {
  const head = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\n`
  const end = `\r\n--${boundary}\r\nContent-Disposition: form-data; name="purpose"\r\n\r\n${kind === 'batch' ? 'batch' : 'user_data'}\r\n--${boundary}--\r\n`
  let sent = 0
  let index = -1
  return new ReadableStream({
    pull(controller) {
      const isLast = sent >= megabytes * 1_000_000
      const piece = index < 0 ? Buffer.from(head) : isLast ? Buffer.from(end) : pieceOf(index)
      index += 1
      sent += piece.length
      hash.update(piece)
      controller.enqueue(piece)
      if (isLast) controller.close()
    },
  })
}

const folder = temporaryFolder()
const port = await freePort()
const config = writeSluiceConfig(folder, `http://127.0.0.1:${upstream.port}`, true)
const flags = ['--conditions=sluice-source', main, 'serve', '--config', config, '--port', String(port)]
const command: [string, ...string[]] =
  runtime === 'deno'
    ? ['deno', 'run', '-A', '--no-lock', '--unstable-no-legacy-abort', ...flags]
    : [process.execPath, ...flags]
const gateway = await start('sluice', { command, env: {} }, port, `${folder}/log`)
try {
  for (let round = 0; round < 3; round++) {
    const before = residentMegabytes(gateway.pid)
    let highest = before
    const watch = setInterval(() => {
      highest = Math.max(highest, residentMegabytes(gateway.pid))
    }, 20)
    const hash = createHash('sha256')
    const used = processorMilliseconds(gateway.pid)
    const began = performance.now()
    const response = await fetch(`http://127.0.0.1:${port}/v1/files`, {
      method: 'POST',
      headers: {
        'x-detection-key': detectionKey,
        authorization: 'Bearer sk-bench',
        'content-type': `multipart/form-data; boundary=${boundary}`,
      },
      body: formOf(hash),
    })
    const seconds = (performance.now() - began) / 1000
    clearInterval(watch)
    const cpu = (processorMilliseconds(gateway.pid) - used) / 1000
    const same = hash.digest('hex') === received.digest('hex')
    console.log(
      `${kind}, ${megabytes} MB on ${runtime}: status ${response.status}${response.status === 200 ? '' : ` ${await response.text()}`}, ${seconds.toFixed(1)} s, ${cpu.toFixed(1)} s of a processor, ${(megabytes / cpu).toFixed(1)} MB for each; ` +
        `memory ${before.toFixed(0)} MB before, at most ${highest.toFixed(0)} MB; same bytes: ${same}; content-length upstream: ${length ?? 'none'}`,
    )
  }
} finally {
  gateway.stop()
  stopEverything()
  upstream.stop(true)
}
