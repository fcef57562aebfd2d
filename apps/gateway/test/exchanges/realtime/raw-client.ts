import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'

export interface FrameOptions {
  readonly fin?: boolean
  /** Of the first byte: 0x40 says that the message is compressed. */
  readonly rsv?: number
}

/** One frame of a client's (RFC 6455, 5.2). */
export function frame(
  opcode: number,
  content: string | Uint8Array,
  { fin = true, rsv = 0 }: FrameOptions = {},
): Buffer {
  const bytes = Buffer.from(content)
  const mask = randomBytes(4)
  const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65_536 ? 4 : 10)
  head[0] = (fin ? 0x80 : 0) | rsv | opcode
  head[1] = 0x80 | (head.length === 2 ? bytes.length : head.length === 4 ? 126 : 127)
  if (head.length === 4) head.writeUInt16BE(bytes.length, 2)
  if (head.length === 10) head.writeBigUInt64BE(BigInt(bytes.length), 2)
  return Buffer.concat([head, mask, bytes.map((byte, at) => byte ^ (mask[at % 4] ?? 0))])
}

export interface RawClient {
  readonly head: string
  write(bytes: Uint8Array): void
  /** The code of the close frame, or undefined where the connection ended without one. */
  readonly closed: Promise<number | undefined>
  end(): void
}

/** A client's connection to the byte. Resolves when the gateway has answered the handshake. */
export async function rawClient(
  url: string,
  headers: Readonly<Record<string, string>>,
  query = '?model=m',
): Promise<RawClient> {
  const { hostname, port } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  const lines = Object.entries({
    host: `${hostname}:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': randomBytes(16).toString('base64'),
    ...headers,
  }).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`GET /v1/realtime${query} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const answered = Promise.withResolvers<string>()
  const closed = Promise.withResolvers<number | undefined>()
  let received = Buffer.alloc(0)
  let head: string | undefined
  // No encoding is set: it is bytes that come.
  socket.on('data', (chunk: Buffer) => {
    received = Buffer.concat([received, chunk])
    const end = received.indexOf('\r\n\r\n')
    if (head === undefined && end >= 0) {
      head = received.subarray(0, end).toString('latin1')
      received = received.subarray(end + 4)
      answered.resolve(head)
    }
    if (head !== undefined) readFrames()
  })
  const readFrames = (): void => {
    // The gateway's own messages in these tests are short.
    while (received.length >= 2 && received.length >= 2 + ((received[1] ?? 0) & 0x7f)) {
      const length = (received[1] ?? 0) & 0x7f
      if (((received[0] ?? 0) & 0x0f) === 8) closed.resolve(length < 2 ? 1005 : received.readUInt16BE(2))
      received = received.subarray(2 + length)
    }
  }
  socket.on('error', () => closed.resolve(undefined))
  socket.on('close', () => {
    answered.reject(new Error('no answer'))
    closed.resolve(undefined)
  })
  return {
    head: await answered.promise,
    write: (bytes) => void socket.write(bytes),
    closed: closed.promise,
    end: () => socket.destroy(),
  }
}
