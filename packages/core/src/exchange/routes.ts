import type { Declared } from '../inspect/segments.ts'
import { type CompiledFields, compileFields } from '../json/fields.ts'
import { compilePatterns, type PatternNode } from '../json/pattern.ts'
import { type FormNames, formNames } from '../multipart/form-files.ts'
import type { FileReading, Operation } from '../protocol/adapter.ts'
import type { LoadedAdapter } from '../protocol/exchange.ts'

/** An operation with its path and patterns compiled. */
export interface Route {
  readonly adapter: LoadedAdapter
  readonly operation: Operation
  readonly fields: CompiledFields | undefined
  readonly form: FormNames
  readonly request: Declared
  readonly response: Declared
  /** The same for one line of the file that the operation sends or fetches. */
  readonly lines?: Route
}

export interface RouteMatch {
  readonly route: Route
  /** The path with its parameters filled in, rebuilt from the template. */
  readonly path: string
  readonly params: readonly (readonly [string, string])[]
}

/** `has`: the request has this header. */
export type Routes = (method: string, path: string, has: (header: string) => boolean) => RouteMatch | undefined

const parameter = /^[A-Za-z0-9._:-]{1,256}$/

interface Candidate {
  readonly tokens: readonly string[]
  readonly route: Route
}

/**
 * Exact matching: a path is an operation's, letter for letter, or nobody's. Where several adapters have one, an operation
 * that a header of the request tells comes before one that none does; of equals, the one of the adapter named first.
 */
export function compileRoutes(adapters: readonly LoadedAdapter[]): Routes {
  const exact = new Map<string, readonly RouteMatch[]>()
  const templated = new Map<string, Candidate[]>()
  const all = adapters.flatMap((adapter) => adapter.instance.operations.map((operation) => ({ adapter, operation })))
  const told = all.filter(({ operation }) => operation.toldBy !== undefined)
  for (const { adapter, operation } of [...told, ...all.filter((one) => !told.includes(one))]) {
    const route = compileRoute(operation, adapter)
    for (const method of operation.methods) {
      if (operation.path.includes('{')) {
        const known = templated.get(method)
        const candidate = { tokens: operation.path.split('/'), route }
        if (known === undefined) templated.set(method, [candidate])
        else known.push(candidate)
      } else {
        const target = `${method} ${operation.path}`
        exact.set(target, [...(exact.get(target) ?? []), { route, path: operation.path, params: [] }])
      }
    }
  }
  return (method, path, has) => {
    const isMeant = ({ operation }: Route): boolean => operation.toldBy?.some(has) !== false
    const found = exact.get(`${method} ${path}`)?.find(({ route }) => isMeant(route))
    if (found !== undefined) return found
    const given = path.split('/')
    for (const { tokens, route } of templated.get(method) ?? []) {
      if (tokens.length !== given.length || !isMeant(route)) continue
      const params = paramsOf(tokens, given)
      // Nothing of what was sent is copied that the parameter's form does not allow.
      if (params !== undefined) return { route, path: given.join('/'), params }
    }
    return undefined
  }
}

/** Why a path is refused by name: of those that adapters know and do not forward. */
export function compileRefused(adapters: readonly LoadedAdapter[]): (path: string) => string | undefined {
  const known = adapters
    .flatMap(({ instance }) => instance.refused ?? [])
    .map(({ path, reason }) => ({ tokens: path.split('/'), reason }))
  return (path) => {
    const given = path.split('/')
    const fits = ({ tokens }: { readonly tokens: readonly string[] }): boolean =>
      tokens.length === given.length && paramsOf(tokens, given) !== undefined
    return known.find(fits)?.reason
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

export function compileRoute(operation: Operation, adapter: LoadedAdapter): Route {
  let known = compiled.get(operation)
  if (known === undefined) {
    known = compile(operation)
    compiled.set(operation, known)
  }
  const { file } = operation
  return {
    adapter,
    operation,
    ...known,
    ...(file === undefined ? {} : { lines: linesRoute(operation, adapter, file) }),
  }
}

type Compiled = Pick<Route, 'fields' | 'form' | 'request' | 'response'>

/** An operation is the same in every AppContext and generation, and takes a millisecond to compile. */
const compiled: WeakMap<Operation, Compiled> = new WeakMap()

function compile({ fields, fileFields, ignores, responseIgnores, names }: Operation): Compiled {
  return {
    form: formNames(Object.keys(fields ?? {}), fileFields ?? []),
    fields: fields === undefined ? undefined : compileFields(fields),
    request: declared(ignores, Object.keys(fields ?? {}), names),
    response: declared(responseIgnores, [], names),
  }
}

function linesRoute(operation: Operation, adapter: LoadedAdapter, file: FileReading): Route {
  const line = declared(file.ignores, Object.keys(file.fields), operation.names)
  const form = formNames([], [])
  return { adapter, operation, fields: compileFields(file.fields), form, request: line, response: line }
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
