import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'acorn'
import { root } from '../generate/packages.ts'

/** What detectors are made of, as their sources spell it. */
export interface Spelled {
  readonly file: string
  readonly expressions: readonly RegExp[]
  /** Strings of a length that a literal of a rule has. */
  readonly literals: readonly string[]
}

const folders = ['plugins/detector-*', 'packages/detect', 'packages/commands']

/** Every regular expression and short string in the sources of the detectors, and of what they are built on. */
export function spelledSources(): readonly Spelled[] {
  const files = folders.flatMap((folder) => [...new Bun.Glob(`${folder}/src/**/*.ts`).scanSync(root)])
  const shipped = files.filter((file) => !/\.(?:test|fixtures)\.ts$/.test(file))
  return shipped.toSorted().map(spelledIn)
}

const typescript = new Bun.Transpiler({ loader: 'ts' })

function spelledIn(file: string): Spelled {
  const expressions: RegExp[] = []
  const literals = new Set<string>()
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    if ('type' in node && node.type === 'Literal' && 'value' in node) {
      const { value } = node
      if (value instanceof RegExp) expressions.push(value)
      if (typeof value === 'string' && value.length >= 2 && value.length <= 64) literals.add(value)
    }
    for (const child of Object.values(node)) visit(child)
  }
  const source = typescript.transformSync(readFileSync(join(root, file), 'utf8'))
  visit(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }))
  return { file, expressions, literals: [...literals] }
}
