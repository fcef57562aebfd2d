import type { Path, Problem } from './problem.ts'

const reference = /\$\{env:([^}]*)\}/g
const parts = /^([A-Za-z_][A-Za-z0-9_]*)(?::-(.*))?$/s

export type Environment = Readonly<Record<string, string | undefined>>

/**
 * Puts environment variables where the configuration names them: `${env:NAME}`, or `${env:NAME:-default}` for one that
 * may be unset or empty. Answers a copy.
 */
export function expandSecrets(value: unknown, environment: Environment): { value: unknown; problems: Problem[] } {
  const problems: Problem[] = []

  const expandText = (text: string, path: Path): string =>
    text.replace(reference, (_whole, inner: string) => {
      const [, name, fallback] = parts.exec(inner) ?? []
      if (name === undefined) {
        problems.push({
          code: 'SLUICE_CONFIG_INVALID',
          path,
          message: `a reference to an environment variable is written \${env:NAME} or \${env:NAME:-default}`,
        })
        return ''
      }
      const found = environment[name]
      if (found !== undefined && (found !== '' || fallback === undefined)) return found
      if (fallback !== undefined) return fallback
      problems.push({
        code: 'SLUICE_SECRET_MISSING',
        path,
        message: `the environment variable ${name} is not set: set it, or write \${env:${name}:-default}`,
      })
      return ''
    })

  const expand = (node: unknown, path: Path): unknown => {
    if (typeof node === 'string') return node.includes('${env:') ? expandText(node, path) : node
    if (Array.isArray(node)) return node.map((item, index) => expand(item, [...path, index]))
    if (isPlain(node)) {
      return Object.fromEntries(Object.entries(node).map(([key, item]) => [key, expand(item, [...path, key])]))
    }
    return node
  }

  return { value: expand(value, []), problems }
}

function isPlain(node: unknown): node is Record<string, unknown> {
  if (typeof node !== 'object' || node === null) return false
  const prototype: unknown = Object.getPrototypeOf(node)
  return prototype === Object.prototype || prototype === null
}
