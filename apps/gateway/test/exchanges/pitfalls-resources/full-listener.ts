import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

const listen = `
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => console.log(server.address().port))
`

/** An address on loopback at which nobody takes a connection: a stopped process whose queue is full. */
export async function fullListener(): Promise<{ readonly url: string } & Disposable> {
  const child = spawn(process.execPath, ['-e', listen], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(child.stdout, 'data')
  const port = Number(String(line))
  child.kill('SIGSTOP')
  const waiting: Socket[] = []
  for (let isTaken = true; isTaken; ) {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('error', () => undefined)
    waiting.push(socket)
    // On loopback a connection that is taken is taken at once.
    isTaken = await Promise.race([
      once(socket, 'connect').then(() => true),
      new Promise<false>((resolve) => setTimeout(resolve, 200, false)),
    ])
  }
  return {
    url: `http://127.0.0.1:${port}`,
    [Symbol.dispose]() {
      for (const socket of waiting) socket.destroy()
      child.kill('SIGKILL')
    },
  }
}
