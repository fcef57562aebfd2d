/**
 * Hands a request on and the response back, neither looked at. Of the ways to write this it is the fastest on Bun that
 * we found: `body: request.body` costs a third of the throughput, a new `Response` around the old one a seventh.
 */
export function forward(upstream: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const { url, method, signal } = request
    const headers = new Headers(request.headers)
    headers.delete('host')
    return await fetch(upstream + url.slice(url.indexOf('/', 8)), {
      method,
      headers,
      ...(method === 'GET' ? {} : { body: await request.bytes() }),
      signal,
      redirect: 'manual',
      decompress: false,
    })
  }
}
