// The least a gateway can do on Elysia. `bun bench/systems/bare-elysia.ts PORT UPSTREAM`
import { Elysia } from 'elysia'
import { forward } from './forward.ts'

const handle = forward(process.argv[3] ?? '')

new Elysia({ normalize: false })
  .all('/*', ({ request }) => handle(request), { parse: 'none' })
  .listen({ port: Number(process.argv[2]), hostname: '127.0.0.1', idleTimeout: 0, development: false })
