import { createConnection } from 'node:net'

/** @see Host.connect */
export function connect(url: string, timeoutMs: number): Promise<'connected' | 'refused' | 'timeout'> {
  const { hostname, port, protocol } = new URL(url)
  return new Promise((resolve) => {
    const socket = createConnection({
      host: hostname.replace(/^\[|\]$/g, ''),
      port: port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port),
    })
    const timer = setTimeout(() => settle('timeout'), timeoutMs)
    const settle = (outcome: 'connected' | 'refused' | 'timeout') => {
      clearTimeout(timer)
      socket.destroy()
      resolve(outcome)
    }
    socket.once('connect', () => settle('connected'))
    // Stays: a socket that was destroyed may still say what became of it.
    socket.on('error', () => settle('refused'))
  })
}
