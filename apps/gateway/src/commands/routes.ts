import type { Operation, RefusedPath } from '@sluice/core'
import { createInstances } from '../generation/instances.ts'
import { prepare } from '../generation/prepare.ts'
import { type CommandContext, commandLog, openConfig } from './context.ts'
import { withCoverage } from './coverage.ts'
import { jsonLine, table } from './output.ts'

/** The table of what is inspected and what is not, from the adapters themselves. */
export async function routes(
  options: { readonly config?: string; readonly json?: boolean },
  context: CommandContext,
): Promise<number> {
  const source = await openConfig(options.config, context)
  const prepared = await prepare(source, context.environment)
  const abort = new AbortController()
  const created = await createInstances(prepared, { log: commandLog(source, context), signal: abort.signal }, [
    'adapter',
  ])
  try {
    const rows = created.all.flatMap((plugin) =>
      plugin.kind === 'adapter' && plugin.plugin.app === undefined
        ? [
            ...plugin.instance.operations.map((operation) => route(plugin.plugin.id, operation)),
            ...(plugin.instance.refused ?? []).map((refused) => refusedRoute(plugin.plugin.id, refused)),
          ]
        : [],
    )
    const output = options.json === true ? (await withCoverage(rows, created.all)).map(jsonLine).join('') : text(rows)
    await context.output.write(output)
    return 0
  } finally {
    abort.abort()
    await created.close()
  }
}

interface Route {
  readonly adapter: string
  /** `''` where the path is refused by name. */
  readonly operation: string
  readonly methods: readonly string[]
  readonly path: string
  readonly transport: Operation['transport']
  readonly inspection: 'inspected' | 'opaque' | 'refused'
  readonly reason?: string
  readonly ignored: Operation['ignores']
  readonly ignoredInResponse: Operation['ignores']
}

function route(adapter: string, operation: Operation): Route {
  const { name, methods, path, transport, inspection, reason, ignores, responseIgnores } = operation
  return {
    adapter,
    operation: name,
    methods,
    path,
    transport,
    inspection,
    ...(reason === undefined ? {} : { reason }),
    ignored: ignores,
    ignoredInResponse: responseIgnores,
  }
}

function refusedRoute(adapter: string, { path, reason }: RefusedPath): Route {
  const nothing = { operation: '', methods: [], transport: 'http', ignored: [], ignoredInResponse: [] } as const
  return { adapter, path, inspection: 'refused', reason, ...nothing }
}

function text(rows: readonly Route[]): string {
  const head = ['METHOD', 'PATH', 'INSPECTION', 'OPERATION', 'ADAPTER', '']
  const lines = rows.map(({ methods, path, transport, inspection, operation, adapter, reason }) => [
    transport === 'websocket' ? 'WebSocket' : methods.length === 0 ? '*' : methods.join('|'),
    path,
    inspection,
    operation,
    adapter,
    reason ?? '',
  ])
  return `${table([head, ...lines])}Everything else is refused with 404.\n`
}
