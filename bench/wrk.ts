import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { track } from './processes.ts'

export interface Load {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly seconds: number
  readonly threads: number
  readonly connections: number
  /** Where the script for `wrk` goes. */
  readonly folder: string
}

export interface Measured {
  readonly requestsPerSecond: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly requests: number
  /** Per response, head included. */
  readonly bytesPerResponse: number
  /** Connections that failed, responses cut short, late or not 2xx. */
  readonly errors: number
}

/** Makes sure that `wrk` is there: installs it where that is possible, else says how. */
export function requireWrk(): void {
  if (spawnSync('wrk', ['--version']).error === undefined) return
  const mayInstall = process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).error === undefined
  if (mayInstall) {
    console.error('wrk is missing: installing it with apt-get')
    spawnSync('apt-get', ['update'], { stdio: 'ignore' })
    spawnSync('apt-get', ['install', '--yes', '--no-install-recommends', 'wrk'], { stdio: 'ignore' })
    if (spawnSync('wrk', ['--version']).error === undefined) return
  }
  throw new Error('the measurements need `wrk`: `apt-get install wrk`, `brew install wrk`, or see github.com/wg/wrk')
}

/** Posts the same request over and over. */
export async function runWrk(load: Load): Promise<Measured> {
  const script = join(load.folder, 'post.lua')
  writeFileSync(script, luaScript(load))
  const { threads, connections, seconds } = load
  const args = [`-t${threads}`, `-c${connections}`, `-d${seconds}s`, '--timeout', '10s', '--latency', '-s', script]
  const child = spawn('wrk', [...args, load.url], { stdio: ['ignore', 'pipe', 'inherit'] })
  track(child)
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text
  })
  await new Promise((resolve) => child.on('close', resolve))
  const result = /^RESULT (.*)$/m.exec(output)?.[1]
  if (result === undefined) throw new Error(`wrk gave no result:\n${output}`)
  const [requests = 0, micros = 0, bytes = 0, p50 = 0, p99 = 0, errors = 0] = result.split(' ').map(Number)
  return {
    requestsPerSecond: requests / (micros / 1e6),
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    requests,
    bytesPerResponse: bytes / requests,
    errors,
  }
}

function luaScript({ headers, body }: Load): string {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers[${luaText(name)}] = ${luaText(value)}`)
  return `wrk.method = "POST"
${lines.join('\n')}
wrk.body = ${luaText(body)}
done = function(summary, latency)
  local e = summary.errors
  local errors = e.connect + e.read + e.write + e.status + e.timeout
  io.write(string.format("RESULT %d %d %d %d %d %d\\n", summary.requests, summary.duration, summary.bytes,
    latency:percentile(50), latency:percentile(99), errors))
end
`
}

/** Bodies are JSON in ASCII: its escapes of quote, backslash and line feed need a backslash more, and nothing else does. */
function luaText(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`
}
