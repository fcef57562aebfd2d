// A pass-through as one writes it first: both bodies handed on as streams. `bun bench/systems/plain-elysia.ts PORT UPSTREAM`
import { Elysia } from 'elysia'

const upstream = process.argv[3] ?? ''

new Elysia({ normalize: false })
  .all(
    '/*',
    async ({ request }) => {
      const { pathname, search } = new URL(request.url)
      const headers = new Headers(request.headers)
      headers.delete('host')
      const answer = await fetch(upstream + pathname + search, {
        method: request.method,
        headers,
        body: request.body,
        signal: request.signal,
        redirect: 'manual',
        decompress: false,
      })
      return new Response(answer.body, { status: answer.status, headers: answer.headers })
    },
    { parse: 'none' },
  )
  .listen({ port: Number(process.argv[2]), hostname: '127.0.0.1', idleTimeout: 0, development: false })
