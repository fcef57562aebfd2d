import type { Gateway, Logger, SocketUpgrade } from '@sluice/core'
import { Elysia } from 'elysia'

/** What the handler asks of whoever holds the current gateway. */
export interface Current {
  readonly gateway: Gateway
}

/** What can be made of the connection of a request: Elysia hands on the request, and nothing that comes with it. */
export type Upgrades = WeakMap<Request, SocketUpgrade>

/**
 * The host: it enforces nothing. One route and no hook, because Elysia would otherwise read bodies, answer HEAD by
 * itself or wrap our responses; and whatever it throws it would show to the client.
 */
export function createApp(current: Current, log: Logger, upgrades: Upgrades = new WeakMap()) {
  return new Elysia({ normalize: false, handler: { standardHostname: false } }).all(
    '/*',
    async ({ request }) => {
      try {
        const path = pathOf(request.url)
        if (path === '/healthz') return health(request, true)
        if (path === '/readyz') return health(request, await isReady(current.gateway))
        return await current.gateway.handle(request, upgrades.get(request))
      } catch {
        log.error('A request failed outside the gateway')
        return Response.json({ error: 'The gateway failed to answer.' }, { status: 500 })
      }
    },
    { parse: 'none' },
  )
}

function health(request: Request, well: boolean): Response {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return Response.json({ error: 'Only GET and HEAD.' }, { status: 405, headers: { allow: 'GET, HEAD' } })
  }
  const init = {
    status: well ? 200 : 503,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  }
  if (request.method === 'HEAD') return new Response(null, init)
  return new Response(JSON.stringify(well ? { status: 'ok' } : { error: 'The gateway cannot serve.' }), init)
}

async function isReady(gateway: Gateway): Promise<boolean> {
  try {
    await gateway.check()
    return true
  } catch {
    return false
  }
}

function pathOf(url: string): string {
  const start = url.indexOf('/', 'https://'.length)
  const query = url.indexOf('?', start)
  return query < 0 ? url.slice(start) : url.slice(start, query)
}
