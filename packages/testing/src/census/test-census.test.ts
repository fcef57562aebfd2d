import { expect, test } from 'bun:test'
import type { BodyView, Operation, OperationSamples } from '@sluice/core'
import { isSelected } from './select.ts'
import { type CensusTestOptions, testCensus } from './test-census.ts'

const view: BodyView = {
  models: [],
  stream: false,
  texts: [],
  toolSets: [],
  toolCalls: [],
  toolResults: [],
  opaque: [],
  copies: [],
  finishes: [],
}

const samples: OperationSamples = { request: [{ kind: 'word', text: '', id: '' }], response: [], events: [] }

/** Names the text as a user's, and what is no word of the set. */
const say: Operation = {
  name: 'say',
  methods: ['POST'],
  path: '/say',
  inspection: 'inspected',
  transport: 'http',
  request: 'json',
  model: 'none',
  generates: false,
  names: [],
  ignores: [{ pointer: '/kind', reason: 'a closed set' }],
  responseIgnores: [],
  readRequest(body) {
    // The samples are objects of strings.
    const { kind = '', text = '' } = body.type === 'json' ? (body.value as Record<string, string>) : {}
    const named = (pointer: '/kind' | '/text', text: string) => ({
      kind: pointer === '/text' ? ('user' as const) : ('other' as const),
      trust: 'user' as const,
      text,
      sources: [{ place: { pointer }, start: 0 }],
    })
    return { ...view, texts: [named('/text', text), ...(kind === 'word' ? [] : [named('/kind', kind)])] }
  },
  readResponse: () => view,
  decoder: () => undefined,
  refuse: () => undefined,
  samples: () => samples,
}

const kinds: CensusTestOptions['kinds'] = { say: { request: { '/text': 'user user' } } }

async function failures(
  members: Partial<Operation>,
  options: Partial<CensusTestOptions> = {},
): Promise<readonly string[]> {
  const tests: (readonly [string, () => Promise<void>])[] = []
  testCensus(
    [{ ...say, ...members }],
    { kinds, ...options },
    {
      describe: (_, body) => body(),
      test: (title, body) => tests.push([title, body]),
    },
  )
  const failed: string[] = []
  for (const [title, body] of tests) await body().catch(() => failed.push(title))
  return failed
}

const inspected = 'say: every place is inspected or declared'
const ofKind = 'say: texts are of the kind expected, and whose'
const holds = 'what is said of it holds of something'

test('an adapter that accounts for every place passes', async () => {
  expect(await failures({})).toEqual([])
  expect(await failures({}, { kinds: { ...kinds, tomorrow: { request: { '/x': 'user user' } } } })).toEqual([])
})

test('a place that is missed, and a request that is refused, are found', async () => {
  expect(await failures({ readRequest: () => view })).toEqual([inspected, ofKind])
  expect(await failures({ fields: { '/text': ['array'] } })).toEqual([inspected])
  expect(await failures({ request: 'none' })).toEqual([inspected, ofKind])
})

test('a place that lets any text pass must be said to', async () => {
  const ignores = [...say.ignores, { pointer: '/id', reason: 'an id' }]
  expect(await failures({ ignores })).toEqual([inspected])
  expect(await failures({ ignores }, { passed: ['/id'] })).toEqual([])
  expect(await failures({}, { passed: ['/id'] })).toEqual([holds])
})

test('an operation without samples must be said to have none', async () => {
  const bare = { samples: () => undefined }
  expect(await failures(bare)).toEqual([inspected, ofKind])
  expect(await failures({}, { undescribed: ['say'] })).toEqual([inspected])
  expect(await failures({}, { undescribed: ['hum'] })).toEqual([holds])
})

test('texts of another kind, and expectations that hold of nothing, are found', async () => {
  expect(await failures({}, { kinds: { say: { request: { '/text': 'user external' } } } })).toEqual([ofKind])
  expect(await failures({}, { kinds: { say: { request: { '/texts': 'user user' } } } })).toEqual([ofKind])
  expect(await failures({}, { kinds: {} })).toEqual([holds])
})

test('a selector means a pointer, and what stands on its way', () => {
  const sample = {
    type: 'list',
    'a/b': '',
    items: [
      { role: 'tool', content: [{ text: '' }] },
      { role: 'user', content: '' },
    ],
  }
  expect(isSelected('/a~1b', sample, '/a~1b')).toBe(false)
  expect(isSelected('/*', sample, '/a~1b')).toBe(true)
  expect(isSelected('/items/*/content', sample, '/items/1/content')).toBe(true)
  expect(isSelected('/items/*/content', sample, '/items/0/content/0/text')).toBe(false)
  expect(isSelected('/items/*/content/**', sample, '/items/0/content/0/text')).toBe(true)
  expect(isSelected('/items/*/content/**', sample, '/items/1/content')).toBe(true)
  expect(isSelected('/items/*[role=tool]/content/**', sample, '/items/0/content/0/text')).toBe(true)
  expect(isSelected('/items/*[role=tool]/content/**', sample, '/items/1/content')).toBe(false)
  expect(isSelected('[type=list]/items/**', sample, '/items/1/content')).toBe(true)
  expect(isSelected('[type=other]/items/**', sample, '/items/1/content')).toBe(false)
})
