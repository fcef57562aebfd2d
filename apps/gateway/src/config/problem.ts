import { SluiceError, type SluiceErrorCode } from '@sluice/core'
import { printable } from '../host/log.ts'

export type Path = readonly (string | number)[]

/** One thing wrong with a configuration. Never holds a value of it: a value may be a secret. */
export interface Problem {
  readonly code: SluiceErrorCode
  readonly path: Path
  readonly message: string
  /** The path's last step names a key that should not be there, rather than a value. */
  readonly atKey?: true
  /** Where it is not the path that says the line. */
  readonly line?: number
}

/** Where a configuration was written down. */
export interface Origin {
  /** As shown to people. */
  readonly name: string
  /** The line of a path, from 1, where the format has lines. */
  line(path: Path, atKey: boolean): number | undefined
}

/** `apps[0].allowedModels` */
export function pathText(path: Path): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[\w$-]+$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}

/** Says all that is wrong at once, in the order of the file: a line for each, whatever a key or a plugin is called. */
export class ConfigError extends SluiceError {
  override readonly name: string = 'ConfigError'
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[], origin: Origin) {
    const first = problems[0]?.code ?? 'SLUICE_CONFIG_INVALID'
    const code = problems.every((problem) => problem.code === first) ? first : 'SLUICE_CONFIG_INVALID'
    super(code, describe(problems, origin))
    this.problems = problems
  }
}

function describe(problems: readonly Problem[], origin: Origin): string {
  const lines = problems.map((problem) => {
    const line = problem.line ?? origin.line(problem.path, problem.atKey === true)
    const path = pathText(problem.path)
    return {
      line: line ?? 0,
      text: `${origin.name}${line === undefined ? '' : `:${line}`}: ${path === '' ? '' : `${path}: `}${problem.message}`,
    }
  })
  lines.sort((a, b) => a.line - b.line)
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return [`the configuration has ${count}:`, ...lines.map(({ text }) => `  ${printable(text)}`)].join('\n')
}
