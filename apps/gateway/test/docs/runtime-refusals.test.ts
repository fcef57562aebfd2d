import { expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { json, startUpstream } from '@sluice/testing'
import { runtime, startSluice } from '../harness/sluice.ts'

const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8')

/** What the page says of each case: the answer on Bun and on Deno. */
function table(): ReadonlyMap<string, string> {
  const [, section = ''] = page.split('## What the runtime refuses by itself')
  const rows = section.split('\n').filter((row) => row.startsWith('| '))
  return new Map(
    rows.slice(2).map((row) => {
      const [, what = '', bun = '', deno = ''] = row.split('|').map((cell) => cell.trim())
      return [what, runtime === 'bun' ? bun : deno]
    }),
  )
}

/** The bytes of each case, by the words of the page. `head`: `Host` and a valid key. */
const requests = (head: string, key: string): Readonly<Record<string, string>> => {
  const post = `POST /v1/embeddings HTTP/1.1\r\n${head}Content-Type: application/json\r\n`
  const get = `GET /v1/models HTTP/1.1\r\n${head}`
  return {
    'Two `Content-Length` that differ': `${post}Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello`,
    'A `Content-Length` that is no number': `${post}Content-Length: -1\r\n\r\n`,
    '`Content-Length` beside `Transfer-Encoding`': `${post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    'A `Transfer-Encoding` that does not end in `chunked`': `${post}Transfer-Encoding: identity\r\n\r\n`,
    '`Transfer-Encoding: gzip, chunked`': `${post}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`,
    'A header line with a space before its colon, or folded over two lines': `${get}X-A : b\r\n\r\n`,
    'A control character in a header': `${get}X-A: a\u0001b\r\n\r\n`,
    'Lines that end in LF alone': `GET /v1/models HTTP/1.1\nHost: h\n${key}\n\n`,
    'No `Host`': `GET /v1/models HTTP/1.1\r\n${key}\r\n\r\n`,
    'Two `Host`': `GET /v1/models HTTP/1.1\r\nHost: other\r\n${head}\r\n`,
    'A target that is no path (`*`, `models`)': `GET models HTTP/1.1\r\n${head}\r\n`,
    'A space or control character in the target': `GET /v1/mo dels HTTP/1.1\r\n${head}\r\n`,
    'A method that is not registered (`FOO`, `GeT`)': `GeT /v1/models HTTP/1.1\r\n${head}\r\n`,
    'A head over 16 KB': `${get}X-A: ${'a'.repeat(20_000)}\r\n\r\n`,
    'A head over 100 KB': `${get}X-A: ${'a'.repeat(200_000)}\r\n\r\n`,
    'What is no HTTP': 'hello\r\n\r\n',
  }
}

/** `gateway` for an answer of ours, else the status, or `closed` where no byte came. */
function answerTo(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, 'latin1'))
    const settle = () => {
      clearTimeout(timer)
      socket.destroy()
      const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1]
      if (text.includes('x-sluice-exchange-id')) resolve('gateway')
      else resolve(text === '' ? 'closed' : `\`${status}\``)
    }
    const timer = setTimeout(() => reject(new Error('neither an answer nor an end')), 3000)
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1')
      if (text.includes('\r\n\r\n')) settle()
    })
    // What was sent and not read may make the end a reset.
    socket.on('error', settle)
    socket.on('close', settle)
  })
}

test('the table of what the runtime refuses is true, and leaves no record', async () => {
  await using upstream = await startUpstream()
  upstream.respond(json('{"object":"list","data":[]}'))
  await using sluice = await startSluice({ upstream: upstream.url })
  const port = Number(new URL(sluice.url).port)
  const key = `X-Detection-Key: ${sluice.key()}`
  const found: [string, string][] = []
  for (const [what, bytes] of Object.entries(requests(`Host: h\r\n${key}\r\n`, key))) {
    found.push([what, await answerTo(port, bytes)])
  }
  expect(found).toEqual([...table()])
  const answered = found.filter(([, answer]) => answer === 'gateway').length
  // One request more, whose record comes after all others.
  await sluice.eventOf(await fetch(`${sluice.url}/v1/models`, { headers: sluice.headers() }))
  expect(await sluice.events(0)).toHaveLength(answered + 1)
}, 20_000)
