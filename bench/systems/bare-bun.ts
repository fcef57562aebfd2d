// The least a gateway can do on Bun. `bun bench/systems/bare-bun.ts PORT UPSTREAM`
import { forward } from './forward.ts'

Bun.serve({
  port: Number(process.argv[2]),
  hostname: '127.0.0.1',
  idleTimeout: 0,
  development: false,
  fetch: forward(process.argv[3] ?? ''),
})
