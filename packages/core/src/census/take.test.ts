import { describe, expect, test } from 'bun:test'
import { emptyView, operation } from '../../test/fakes.ts'
import { isJsonObject } from '../json/type.ts'
import type { Operation } from '../protocol/adapter.ts'
import type { OperationSamples } from '../protocol/census.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import type { BodyView } from '../protocol/view.ts'
import { coverageOf } from './coverage.ts'
import { takeCensus } from './take.ts'

const CLOSED = 'a closed set'
const ignoring = (pointer: string) => [{ pointer, reason: CLOSED }]

function census(members: Partial<Operation>, samples: Partial<OperationSamples>): readonly string[] {
  const read = () => emptyView
  const plain = operation({ ignores: [], readRequest: read, readResponse: read, ...members })
  return takeCensus(plain, { request: [], response: [], events: [], ...samples }).places.map(
    ({ pointer, holds, outcome }) => {
      const how = outcome.type === 'ignored' ? ` ${outcome.odd}` : 'kind' in outcome ? ` ${outcome.kind}` : ''
      return `${pointer} ${holds}: ${outcome.type}${how}`
    },
  )
}

/** A view that names the string at a member of the root, and says that it stands at `pointer`. */
function naming(name: string, pointer: JsonPointer = `/${name}`): (body: { value?: Json; type: string }) => BodyView {
  return ({ value }) => {
    const text = isJsonObject(value) ? value[name] : undefined
    if (typeof text !== 'string') return emptyView
    return { ...emptyView, texts: [{ kind: 'user', trust: 'user', text, sources: [{ place: { pointer }, start: 0 }] }] }
  }
}

describe('a text of a request', () => {
  test('is what the adapter names, or left to the core', () => {
    const request = [{ content: '', more: { deep: [''] }, n: 1 }]
    expect(census({ readRequest: naming('content') }, { request })).toEqual([
      '/content text: named user',
      '/more/deep/0 text: other other',
    ])
  })

  test('is missed where the place told is another, which no redaction would find', () => {
    const readRequest = naming('content', '/role')
    expect(census({ readRequest, ignores: ignoring('/x') }, { request: [{ role: '', content: '' }] })).toEqual([
      '/role text: missed',
      '/content text: other other',
    ])
  })

  test('is ignored where that is declared, whatever it says or only where it is as expected', () => {
    const request = [{ id: '', padding: '' }]
    const ignores = [...ignoring('/id'), ...ignoring('/padding')]
    expect(census({ ignores, readRequest: naming('id') }, { request })).toEqual([
      '/id text: ignored inspected',
      '/padding text: ignored passed',
    ])
  })

  test('is opaque where the adapter says so, and below', () => {
    const opaque = [{ place: { pointer: '/image' as const }, content: 'image', reason: 'pixels' }]
    const readRequest = () => ({ ...emptyView, opaque })
    expect(census({ readRequest }, { request: [{ image: { url: '' }, images: '' }] })).toEqual([
      '/image/url text: opaque',
      '/images text: other other',
    ])
  })

  test('is a name where any name may stand', () => {
    const request = [{ tools: { '': '' } }]
    expect(census({}, { request })).toEqual(['/tools/ name: other other', '/tools/ text: other other'])
    expect(census({ ignores: ignoring('/tools/**') }, { request })).toEqual([
      '/tools/ name: ignored passed',
      '/tools/ text: ignored passed',
    ])
  })
})

describe('a word of a closed set', () => {
  const request = [{ role: 'user', messages: [{ role: 'user' }, { role: 'user' }] }]

  test('is passed by only if any other is not', () => {
    const ignores = ignoring('/role')
    const strict: Operation['readRequest'] = (body) => {
      const isOdd = body.type === 'json' && isJsonObject(body.value) && body.value['role'] !== 'user'
      return isOdd ? naming('role')(body) : emptyView
    }
    const messages = ['/messages/0/role word: other other', '/messages/1/role word: other other']
    const taken = (readRequest: Operation['readRequest']) => census({ ignores, readRequest }, { request })
    expect(taken(strict)).toEqual(['/role word: ignored inspected', ...messages])
    expect(taken(() => emptyView)).toEqual(['/role word: missed', ...messages])
  })

  test('that is passed by is tried alone among what stands beside it', () => {
    const seen: Json[] = []
    const readRequest: Operation['readRequest'] = (body) => {
      if (body.type === 'json') seen.push(body.value)
      return emptyView
    }
    const ignores = ['/a', '/b', '/list/*/a'].flatMap(ignoring)
    census({ readRequest, ignores }, { request: [{ a: 'x', b: 'y', c: 'z', list: [{ a: 'x' }] }] })
    const odd = seen.map((value) => JSON.stringify(value).replaceAll(/needle <\d> of the census/g, 'odd'))
    expect([...new Set(odd)]).toEqual([
      '{"a":"x","b":"y","c":"z","list":[{"a":"x"}]}',
      '{"a":"odd","b":"y","c":"z","list":[{"a":"odd"}]}',
      '{"a":"x","b":"odd","c":"z","list":[{"a":"x"}]}',
    ])
  })
})

test('a sample that would be refused is told', () => {
  const fields = { '/content': ['array'] } as const
  const { refused } = takeCensus(operation({ fields }), {
    request: [{ content: [] }, { content: '' }],
    response: [],
    events: [],
  })
  expect(refused).toEqual([{ sample: 1, problem: '/content must be array, not string' }])
  const bodiless = takeCensus(operation({ request: 'none' }), { request: [{ a: '' }], response: [], events: [] })
  expect(bodiless).toEqual({ places: [], refused: [{ sample: 0, problem: 'the operation takes no body' }] })
})

test('a form has its fields, names and files; lines and plain text have their places', () => {
  const request = [{ prompt: '', 'tags[]': ['', ''], file: { filename: '' }, '': '' }]
  expect(census({ request: 'form' }, { request })).toEqual([
    '/prompt text: other other',
    '/tags[]/0 text: other other',
    '/tags[]/1 text: other other',
    '/file/filename text: other other',
    '/ name: other other',
    '/ text: other other',
  ])
  expect(census({ request: 'lines' }, { request: [{ a: '' }] })).toEqual(['/a text: other other'])
  expect(census({ request: 'text' }, { request: [''] })).toEqual([' text: other other'])
})

describe('a text of a frame', () => {
  const events = [{ choices: [{ index: 0, delta: { content: '', new: '' } }] }]

  test('is what the decoder names, or left to the core', () => {
    expect(census({}, { events })).toEqual([
      '/choices/0/delta/content text: named assistant',
      '/choices/0/delta/new text: other other',
    ])
    expect(census({}, { events: [{ '': '' }] })).toEqual(['/ name: other other', '/ text: other other'])
  })

  test('is missed where the decoder claims it and says nothing of it', () => {
    const decoder = () => ({ decode: () => ({ events: [], claims: ['/a' as const] }), end: () => [] })
    expect(new Set(census({ decoder }, { events: [{ a: '', b: '' }] }))).toEqual(
      new Set(['/a text: missed', '/b text: other other']),
    )
  })

  test('is missed where it is read in a stream by itself and not among others', () => {
    const decoder = () => ({
      decode: ({ index }: { index: number }) => ({ events: [], claims: index === 0 ? [] : (['/a'] as const) }),
      end: () => [],
    })
    expect(census({ decoder }, { events: [{ a: '' }, { a: '' }] })).toEqual([
      '/a text: other other',
      '/a text: other other',
      '/a text: missed',
    ])
  })

  test('is missed where nothing is declared to stream', () => {
    expect(census({ decoder: () => undefined }, { events: [{ a: '' }] })).toContain('/a text: missed')
  })
})

test('places are counted once for each list, by the worst that became of them', () => {
  const readRequest = naming('content')
  const taken = takeCensus(operation({ ignores: ignoring('/id'), readRequest }), {
    request: [
      { content: '', list: ['', ''] },
      { content: '', list: [''], id: '' },
    ],
    response: [{ any: { '': 'word' } }],
    events: [],
  })
  expect(coverageOf(taken)).toEqual({
    request: { strings: 3, named: 1, other: 1, ignored: 1, opaque: 0, missed: 0 },
    response: { strings: 2, named: 0, other: 2, ignored: 0, opaque: 0, missed: 0 },
  })
})
