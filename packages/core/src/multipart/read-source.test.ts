import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { readMultipart } from './read.ts'
import { multipartArrival } from './read-source.ts'

const LIMITS = { maxParts: 3, maxFieldBytes: 20 }
const TYPE = 'multipart/form-data; boundary=XX'
const encoder = new TextEncoder()

test('a form that arrives in pieces is read, or refused, as the whole in memory is', async () => {
  const part = fc.constantFrom(
    '--XX\r\nContent-Disposition: form-data; name="a"\r\n\r\nvalue\r\n',
    '--XX\r\nContent-Disposition: form-data; name="f"; filename="x"\r\nContent-Length: 6\r\n\r\n--X-XX\r\n',
    '--XX\r\nContent-Disposition: form-data; name="f"; filename="x"\r\n\r\n\r\n-\r\n--X\r\n',
    '--XX\r\nContent-Disposition: form-data; name="long"\r\n\r\n012345678901234567890\r\n',
    '--XX\r\nno header\r\n\r\n\r\n',
    '--XX\n',
    ' \r\n',
    'x',
  )
  const property = fc.asyncProperty(
    fc.array(part, { maxLength: 5 }),
    fc.constantFrom('--XX--', '--XX--\r\n', '--XX-', ''),
    fc.array(fc.nat(300), { maxLength: 6 }),
    async (parts, end, cuts) => {
      const body = encoder.encode(`${parts.join('')}${end}`)
      const arrival = multipartArrival(TYPE, LIMITS)
      if ('ok' in arrival) throw new Error(arrival.message)
      const edges = [0, ...cuts.map((cut) => Math.min(cut, body.length)).sort((a, b) => a - b), body.length]
      for (const [at, edge] of edges.entries()) arrival.push(body.subarray(edges[at - 1] ?? 0, edge))
      const source = { size: body.length, read: async (from: number, to: number) => body.slice(from, to) }
      expect(await arrival.read(source)).toEqual(readMultipart(body, TYPE, LIMITS))
    },
  )
  await fc.assert(property, { seed: 81, numRuns: 1500 })
})

test('a content type without a boundary is refused before anything arrives', () => {
  expect(multipartArrival('multipart/form-data', LIMITS)).toMatchObject({ ok: false })
})
