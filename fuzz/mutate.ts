import fc from 'fast-check'

/** What parsers trip over: put in at random places. */
const tokens: readonly string[] = [
  '\n\n',
  '\r\n',
  '\r',
  '\n',
  'data: ',
  'data:',
  'event: x\n',
  ': ping\n\n',
  'data: [DONE]\n\n',
  '\u00ef\u00bb\u00bf',
  '"',
  '\\',
  '\\u0022',
  '\\ud83d',
  '\\u0000',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  '4e9',
  '-1',
  '1e400',
  '{"__proto__":1}',
  '"index":-1',
  '"index":4000000000',
  '--b',
  '--b--',
  '\r\n--b\r\n',
  'Content-Disposition: form-data; name="model"\r\n\r\n',
  '\u0000',
  '\u00ff',
  '\u00c0\u00af',
  '\u00f0\u009f\u0098\u0080',
]

type Mutation =
  | { readonly type: 'cut'; readonly at: number; readonly length: number }
  | { readonly type: 'put'; readonly at: number; readonly text: string }
  | { readonly type: 'repeat'; readonly at: number; readonly length: number; readonly to: number }
  | { readonly type: 'byte'; readonly at: number; readonly byte: number }

const place = fc.double({ min: 0, max: 1, noNaN: true })
const stretch = fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 80 }))
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ type: fc.constant('cut' as const), at: place, length: stretch }),
  fc.record({ type: fc.constant('put' as const), at: place, text: fc.constantFrom(...tokens) }),
  fc.record({ type: fc.constant('repeat' as const), at: place, length: stretch, to: place }),
  fc.record({ type: fc.constant('byte' as const), at: place, byte: fc.nat({ max: 255 }) }),
)

/** One of the texts (a character a byte), changed here and there. Shrinks towards the text as it was. */
export function mutated(seeds: readonly string[], most = 6): fc.Arbitrary<string> {
  return fc
    .tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: most }))
    .map(([seed, mutations]) => mutations.reduce(mutate, seed))
}

function mutate(text: string, one: Mutation): string {
  const at = Math.floor(one.at * text.length)
  switch (one.type) {
    case 'cut':
      return text.slice(0, at) + text.slice(at + one.length)
    case 'put':
      return text.slice(0, at) + one.text + text.slice(at)
    case 'repeat': {
      const to = Math.floor(one.to * text.length)
      return text.slice(0, to) + text.slice(at, at + one.length) + text.slice(to)
    }
    case 'byte':
      return text.slice(0, at) + String.fromCharCode(one.byte) + text.slice(at + 1)
  }
}

/** Where to cut a text of any length: parts of it, in order. */
export const cuts: fc.Arbitrary<readonly number[]> = fc.array(place, { maxLength: 12 })

export function pieces(bytes: Uint8Array, at: readonly number[]): readonly Uint8Array[] {
  const places = at.map((part) => Math.floor(part * bytes.length)).sort((a, b) => a - b)
  return [0, ...places].map((from, index) => bytes.subarray(from, places[index] ?? bytes.length))
}
