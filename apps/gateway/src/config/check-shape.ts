import { checkSchema } from './check-schema.ts'
import type { Path, Problem } from './problem.ts'
import { configSchema } from './schema.ts'

/** First pass: the configuration by its own schema. */
export function checkShape(value: unknown): Problem[] {
  return checkSchema(configSchema, value, [], 'SLUICE_CONFIG_INVALID').map((problem) => ({
    ...problem,
    message: notYet(problem.path, value) ?? problem.message,
  }))
}

/** Values that are planned: a reader of the plans deserves a better answer than `expected "observe"`. */
function notYet(path: Path, root: unknown): string | undefined {
  const written = path.reduce<unknown>(
    (node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : undefined),
    root,
  )
  const [section, , key] = path
  if (section === 'apps' && key === 'streaming' && written === 'hold') {
    return '`hold` comes in a later version; until then streams are observed: write `observe`, or leave it out'
  }
  if (section === 'plugins' && key === 'isolation' && written === 'worker') {
    return '`worker` comes in a later version; until then plugins run in process: write `none`, or leave it out'
  }
  return undefined
}
