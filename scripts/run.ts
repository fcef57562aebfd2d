import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const root: string = fileURLToPath(new URL('..', import.meta.url))

export interface Step {
  readonly name: string
  readonly command: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  /** Where it runs. Default: the root. */
  readonly folder?: string
}

export interface StepResult {
  readonly ok: boolean
  readonly output: string
  readonly seconds: number
}

/** Runs a command to its end and keeps what it prints; shows it at once where `live` is set. */
export function run({ command, environment, folder }: Step, live = false): Promise<StepResult> {
  const [program = '', ...args] = command
  const began = performance.now()
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: folder ?? root,
      env: { ...process.env, NO_COLOR: '1', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    const take = (chunk: Buffer): void => {
      output += chunk.toString()
      if (live) process.stdout.write(chunk)
    }
    child.stdout.on('data', take)
    child.stderr.on('data', take)
    child.on('error', (error) => resolve({ ok: false, output: `${output}${error.message}\n`, seconds: 0 }))
    child.on('close', (code) => resolve({ ok: code === 0, output, seconds: (performance.now() - began) / 1000 }))
  })
}

/** Runs steps, so many at a time; prints one line each, and all of the output of those that fail. */
export async function runAll(steps: readonly Step[], atOnce: number): Promise<boolean> {
  const waiting = [...steps]
  let ok = true
  const worker = async (): Promise<void> => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      const result = await run(step)
      console.log(`${result.ok ? 'ok  ' : 'FAIL'} ${step.name} (${result.seconds.toFixed(1)} s)`)
      if (!result.ok) console.log(result.output)
      ok &&= result.ok
    }
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
  return ok
}
