import { connect, type Socket } from 'node:net'
import { encodeRequest } from '../packages/testing/src/upstream/raw-request.ts'

/** Opens so many streams and keeps them open: resolves when each has had its first chunk. */
export async function openStreams(
  count: number,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Disposable> {
  const sockets: Socket[] = []
  const request = encodeRequest(url, { method: 'POST', headers, body })
  const { hostname, port } = new URL(url)
  const open = (): Promise<void> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => socket.write(request))
      sockets.push(socket)
      let seen = ''
      const late = setTimeout(
        () => reject(new Error(`a stream did not begin within 20 s: ${seen.slice(0, 300)}`)),
        20_000,
      )
      socket.on('data', (bytes) => {
        seen = (seen + bytes.toString('latin1')).slice(0, 10_000)
        if (!seen.includes('data: ')) return
        clearTimeout(late)
        resolve()
      })
      socket.on('error', reject)
      socket.on('end', () => reject(new Error(`a stream ended: ${seen.slice(0, 300)}`)))
    })
  const dispose = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  try {
    // Fifty at a time: a burst of a thousand would measure the accept queue.
    for (let opened = 0; opened < count; opened += 50) {
      await Promise.all(Array.from({ length: Math.min(50, count - opened) }, open))
    }
  } catch (error) {
    dispose()
    throw error
  }
  return { [Symbol.dispose]: dispose }
}
