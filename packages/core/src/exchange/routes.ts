import type { Declared } from '../inspect/segments.ts'
import { type CompiledFields, compileFields } from '../json/fields.ts'
import { compilePatterns, type PatternNode } from '../json/pattern.ts'
import type { AdapterInstance, Operation } from '../protocol/adapter.ts'

/** An operation with its path and patterns compiled. */
export interface Route {
  readonly operation: Operation
  readonly fields: CompiledFields | undefined
  readonly request: Declared
  readonly response: Declared
}

export interface RouteMatch {
  readonly route: Route
  /** The path with its parameters filled in, rebuilt from the template. */
  readonly path: string
  readonly params: readonly (readonly [string, string])[]
}

export type Routes = (method: string, path: string) => RouteMatch | undefined

const parameter = /^[A-Za-z0-9._:-]{1,256}$/

/** Exact matching: a path is an operation's, letter for letter, or nobody's. */
export function compileRoutes(adapter: AdapterInstance): Routes {
  const exact = new Map<string, RouteMatch>()
  const templated: {
    readonly tokens: readonly string[]
    readonly methods: readonly string[]
    readonly route: Route
  }[] = []
  for (const operation of adapter.operations) {
    const route = compileRoute(operation)
    if (operation.path.includes('{')) {
      templated.push({ tokens: operation.path.split('/'), methods: operation.methods, route })
      continue
    }
    for (const method of operation.methods) {
      exact.set(`${method} ${operation.path}`, { route, path: operation.path, params: [] })
    }
  }
  return (method, path) => {
    const found = exact.get(`${method} ${path}`)
    if (found !== undefined) return found
    const given = path.split('/')
    for (const { tokens, methods, route } of templated) {
      if (tokens.length !== given.length || !methods.includes(method)) continue
      const params = paramsOf(tokens, given)
      // Nothing of what was sent is copied that the parameter's form does not allow.
      if (params !== undefined) return { route, path: given.join('/'), params }
    }
    return undefined
  }
}

function paramsOf(
  tokens: readonly string[],
  given: readonly string[],
): readonly (readonly [string, string])[] | undefined {
  const params: (readonly [string, string])[] = []
  for (const [index, token] of tokens.entries()) {
    const value = given[index] ?? ''
    if (token.startsWith('{')) {
      if (!parameter.test(value) || value === '.' || value === '..') return undefined
      params.push([token.slice(1, -1), value])
    } else if (token !== value) return undefined
  }
  return params
}

export function compileRoute(operation: Operation): Route {
  const fields = operation.fields === undefined ? undefined : compileFields(operation.fields)
  return {
    operation,
    fields,
    request: declared(operation.ignores, Object.keys(operation.fields ?? {}), operation.names),
    response: declared(operation.responseIgnores, [], operation.names),
  }
}

function declared(ignores: Operation['ignores'], fields: readonly string[], names: readonly string[]): Declared {
  const patterns: PatternNode<unknown> = compilePatterns(
    ignores.map(({ pointer, reason }) => ({ pointer, value: reason })),
  )
  const knownNames = new Set<string>(names)
  for (const pointer of [...fields, ...ignores.map((ignore) => ignore.pointer)]) {
    for (const token of pointer.split('/')) if (token !== '' && !token.startsWith('*')) knownNames.add(token)
  }
  return { ignores: patterns, knownNames }
}
