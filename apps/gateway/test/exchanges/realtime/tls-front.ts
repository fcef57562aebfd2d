import { readFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { createServer } from 'node:tls'

const read = (name: string): string => readFileSync(new URL(`./tls/${name}`, import.meta.url), 'utf8')
/** Signed by itself, for this machine's name alone; its key is no secret. */
export const certificate: string = read('cert.pem')

/** TLS before a plain server, as a load balancer ends it: the official realtime clients speak nothing else. */
export async function startTlsFront(port: number): Promise<{ readonly port: number } & AsyncDisposable> {
  const open = new Set<{ destroy(): void }>()
  const server = createServer({ key: read('key.pem'), cert: certificate }, (client) => {
    const behind: Socket = connect(port, '127.0.0.1')
    for (const socket of [client, behind]) {
      open.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        open.delete(socket)
        client.destroy()
        behind.destroy()
      })
    }
    client.pipe(behind)
    behind.pipe(client)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    async [Symbol.asyncDispose]() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
