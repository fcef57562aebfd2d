import type { Operation } from '../src/protocol/adapter.ts'
import type { LoadedAdapter } from '../src/protocol/exchange.ts'
import type { Json } from '../src/protocol/json.ts'
import type { BodyView, NestedRequest } from '../src/protocol/view.ts'
import { adapter, emptyView, operation } from './fakes.ts'

type Members = Readonly<Record<string, Json>>

function nestedIn(value: Json): readonly NestedRequest[] {
  if (typeof value !== 'object' || value === null) return []
  const { id, url } = value as Members
  if (typeof id !== 'string' || typeof url !== 'string') return []
  return [{ id, method: 'POST', path: url, place: { pointer: '/body' } }]
}

const upload = operation({
  name: 'upload',
  path: '/v1/files',
  request: 'form',
  model: 'none',
  generates: false,
  names: ['file', 'purpose'],
  readRequest: (body): BodyView => {
    const purpose = body.type === 'form' ? body.parts.find(({ name }) => name === 'purpose')?.text : undefined
    return { ...emptyView, ...(purpose === 'batch' ? { file: 'requests' as const } : {}) }
  },
  refuse: () => undefined,
  file: {
    of: 'request',
    fields: { '/id': ['string'], '/url': ['string'], '/body': ['object'] },
    ignores: [],
    readLine: ({ value }) => ({ ...emptyView, nested: nestedIn(value) }),
  },
})

/** Requests in JSON: `{requests: [{id, url, body}]}`. */
const batch: Operation = operation({
  name: 'batch',
  path: '/v1/batch',
  model: 'none',
  generates: false,
  names: ['requests', 'id', 'url', 'body'],
  readRequest: (body) => {
    const requests = body.type === 'json' ? (body.value as Members)['requests'] : undefined
    const all = Array.isArray(requests) ? requests : []
    const nested = all.map((each, index): NestedRequest => {
      const { id, url } = each as Members
      return { id: String(id), method: 'POST', path: String(url), place: { pointer: `/requests/${index}/body` } }
    })
    return { ...emptyView, nested, weight: nested.length }
  },
  refuse: () => undefined,
})

/** The fake adapter, with an operation that takes files, and one with requests inside. */
export const fileAdapter: LoadedAdapter = {
  id: 'fake',
  instance: adapter({ operations: [...adapter().operations, upload, batch] }),
}
