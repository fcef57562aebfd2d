import { type AllowEntry, type App, globs } from '@sluice/core'
import { RE2JS } from 're2js'

type Allows = NonNullable<App['allows']>

/** Instructions of the largest program: what a character of a candidate may cost. */
const maxProgram = 5000

/** What is wrong with an entry, by the member it stands in. */
export interface AllowProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

/** Whether a finding is known and none; undefined where nothing is allowed. The entries were checked. */
export function allowList(entries: readonly AllowEntry[] | undefined): Allows | undefined {
  if (entries === undefined || entries.length === 0) return undefined
  const compiled = entries.map(compile)
  return (found) => compiled.some((allows) => allows(found))
}

/** What no schema can say of the entries. */
export function allowProblems(entries: readonly AllowEntry[]): readonly AllowProblem[] {
  return entries.flatMap(({ values, fingerprints, patterns }, at) => {
    if (values === undefined && fingerprints === undefined && patterns === undefined) {
      return [{ path: [at], message: 'allows nothing: give values, fingerprints or patterns' }]
    }
    return (patterns ?? []).flatMap((pattern, index) => {
      const message = patternProblem(pattern)
      return message === undefined ? [] : [{ path: [at, 'patterns', index], message }]
    })
  })
}

function compile({ types, rules, values, fingerprints, patterns = [] }: AllowEntry): Allows {
  const isType = globs(types)
  const isRule = globs(rules)
  const known = new Set(values)
  const hashes = new Set(fingerprints)
  const shapes = patterns.map((pattern) => RE2JS.compile(pattern))
  return ({ type, rule, text, fingerprint }) => {
    if (isType?.(type) === false || isRule?.(rule) === false) return false
    return known.has(text) || hashes.has(fingerprint) || shapes.some((shape) => shape.matches(text))
  }
}

function patternProblem(pattern: string): string | undefined {
  try {
    const compiled = RE2JS.compile(pattern)
    return compiled.programSize() > maxProgram ? 'the pattern is too large; make its repetitions smaller' : undefined
  } catch (error) {
    return error instanceof Error ? error.message : 'is no pattern in RE2 syntax'
  }
}
