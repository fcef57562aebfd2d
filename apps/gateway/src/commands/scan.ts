import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { type Detection, inspect, SluiceError, type TextSegment } from '@sluice/core'
import { didYouMean } from '../config/suggest.ts'
import { buildApps } from '../generation/apps.ts'
import { checkCreated, createInstances } from '../generation/instances.ts'
import { prepare } from '../generation/prepare.ts'
import { coreHost } from '../host/core-host.ts'
import { printable } from '../host/log.ts'
import { type CommandContext, commandLog, openConfig } from './context.ts'
import { lineIndex } from './line-index.ts'
import { jsonLine } from './output.ts'
import { readStdin } from './stdin.ts'

export interface ScanOptions {
  readonly config?: string
  readonly app?: string
  readonly json?: boolean
}

/** What the detectors of an AppContext find in a text, offline. Answers the exit code: 0 nothing, 1 findings. */
export async function scan(file: string, options: ScanOptions, context: CommandContext): Promise<number> {
  const source = await openConfig(options.config, context)
  const prepared = await prepare(source, context.environment)
  const abort = new AbortController()
  const created = await createInstances(prepared, { log: commandLog(source, context), signal: abort.signal })
  try {
    checkCreated(prepared, created)
    const apps = buildApps(prepared.config, created.all)
    const app = options.app === undefined ? apps[0] : apps.find((candidate) => candidate.context.id === options.app)
    if (app === undefined) {
      const known = apps.map((candidate) => candidate.context.id)
      throw new SluiceError(
        'SLUICE_USAGE',
        `there is no AppContext ${options.app}${didYouMean(options.app ?? '', known)}`,
      )
    }
    const text = decode(file === '-' ? await readStdin() : read(resolve(context.folder, file), file), file)
    const segment: TextSegment = {
      id: 'q0',
      direction: 'ingress',
      kind: 'user',
      trust: 'user',
      text,
      sources: [{ place: { pointer: '' }, start: 0 }],
    }
    const found = await inspect([segment], [], {
      app,
      direction: 'ingress',
      limits: prepared.config.limits,
      clock: coreHost.clock,
      fingerprint: () => '',
      context: { exchange: 'scan', app: app.context.id, operation: 'scan', signal: abort.signal },
    })
    const [fault] = found.faults
    if (fault !== undefined) {
      throw new SluiceError(
        'SLUICE_PLUGIN_FAILED',
        `the detector failed (${fault.code}): the text was not fully inspected`,
        {
          plugin: fault.plugin,
          hook: fault.hook,
        },
      )
    }
    const at = lineIndex(text)
    const ordered = [...found.detections].sort((a, b) => a.start - b.start || a.end - b.end)
    const lines = ordered.map((detection) => report(detection, at(detection.start), file, options.json === true))
    await context.output.write(lines.join(''))
    if (found.overLimit)
      context.output.note('There are more findings than `limits.maxFindings`; the rest is not shown.')
    return ordered.length === 0 ? 0 : 1
  } finally {
    abort.abort()
    await created.close()
  }
}

/** Says what and where, never the text. */
function report(detection: Detection, at: { line: number; column: number }, file: string, json: boolean): string {
  const { type, severity, riskCategory, detector, confidence, start, end } = detection
  const rule = detection.data?.['rule']
  if (json) {
    const named = rule === undefined ? {} : { rule }
    return jsonLine({ file, ...at, type, ...named, severity, riskCategory, detector, confidence, start, end })
  }
  const words = [`${file}:${at.line}:${at.column}`, type, ...(rule === undefined ? [] : [String(rule)]), severity]
  return `${words.map(printable).join('  ')}\n`
}

function read(path: string, shown: string): Uint8Array {
  try {
    return readFileSync(path)
  } catch (cause) {
    throw new SluiceError('SLUICE_USAGE', `${shown} cannot be read`, { cause })
  }
}

function decode(bytes: Uint8Array, shown: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new SluiceError('SLUICE_USAGE', `${shown === '-' ? 'standard input' : shown} is not UTF-8 text`, { cause })
  }
}
