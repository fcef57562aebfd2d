import { describe, expect, test } from 'bun:test'
import type { Json } from '../../packages/core/src/index.ts'
import { formOf } from './form.ts'
import { samplesOf } from './samples.ts'
import type { Schema, Schemas } from './schema.ts'
import { shared } from './shared.ts'
import { unreached } from './unreached.ts'
import { widest } from './widest.ts'

const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const text: Schema = { type: 'string' }
const word = (...words: readonly string[]): Schema => ({ type: 'string', enum: words })
const object = (properties: Schema['properties'], ...required: readonly string[]): Schema => {
  return { type: 'object', additionalProperties: false, ...(properties && { properties }), required }
}

function samples(schema: Schema, schemas: Schemas = {}, everyRole = false): readonly Json[] {
  const made = samplesOf(schema, schemas, { everyRole })
  expect(unreached(schema, schemas, made)).toEqual([])
  return made
}

describe('samples of a schema', () => {
  test('hold its strings empty, the first word of a closed set, and something of every other type', () => {
    const schema = object({ a: text, b: word('x', 'y'), c: { type: 'integer', minimum: 3 }, d: { type: 'boolean' } })
    expect(samples(schema)).toEqual([{ a: '', b: 'x', c: 3, d: false }])
    expect(samples({ const: 'one' })).toEqual(['one'])
    expect(samples({ enum: [null, 'x'] })).toEqual(['x'])
    expect(samples({ type: ['string', 'null'] })).toEqual([''])
  })

  test('have every kind of a union that holds text, in one list where they can', () => {
    const part = { oneOf: [object({ type: word('a'), a: text }), object({ type: word('b'), b: text })] }
    expect(samples({ anyOf: [text, { type: 'array', items: part }, { type: 'null' }] })).toEqual([
      '',
      [
        { type: 'a', a: '' },
        { type: 'b', b: '' },
      ],
    ])
    expect(samples({ anyOf: [text, word('x')] })).toEqual([''])
    expect(samples({ anyOf: [{ type: 'number' }, { type: 'null' }] })).toEqual([0])
  })

  test('are as many as the member with the most kinds: the others only where they must be, and words', () => {
    const schema = object(
      {
        kind: word('k'),
        must: { type: 'array', items: { anyOf: [text, object({ x: text })] } },
        may: text,
        both: { anyOf: [text, object({ x: text })] },
      },
      'must',
    )
    expect(samples(schema)).toEqual([
      { kind: 'k', must: ['', { x: '' }], may: '', both: '' },
      { kind: 'k', must: [''], both: { x: '' } },
    ])
  })

  test('have every role where that is asked for', () => {
    const message = object({ role: word('user', 'system'), content: text }, 'role', 'content')
    expect(samples(message)).toEqual([{ role: 'user', content: '' }])
    expect(samples(message, {}, true)).toEqual([
      { role: 'user', content: '' },
      { role: 'system', content: '' },
    ])
    expect(samples(object({ role: text }), {}, true)).toEqual([{ role: '' }])
  })

  test('say where any name may stand', () => {
    expect(samples({ type: 'object', additionalProperties: text })).toEqual([{ '': '' }])
    expect(samples({ type: 'object' })).toEqual([{ '': '' }])
    expect(samples({ type: 'object', properties: { a: text }, additionalProperties: true })).toEqual([
      { a: '', '': '' },
    ])
    expect(samples({})).toEqual(['', { '': '' }])
  })

  test('go together from parts, and what stands beside a union holds for each of its kinds', () => {
    const schemas: Schemas = { Base: object({ id: text }, 'id'), More: object({ name: text }) }
    expect(samples({ allOf: [ref('Base'), ref('More'), object({ own: text })] }, schemas)).toEqual([
      { id: '', name: '', own: '' },
    ])
    const either = { ...object({ id: text }), oneOf: [ref('More'), object({ title: text })] }
    expect(samples(either, schemas)).toEqual([
      { id: '', name: '' },
      { id: '', title: '' },
    ])
    const unions = { allOf: [{ oneOf: [object({ a: text }), object({ b: text })] }, { anyOf: [object({ c: text })] }] }
    expect(samples(unions)).toEqual([
      { a: '', c: '' },
      { b: '', c: '' },
    ])
  })

  test('hold a schema within itself once', () => {
    const schemas: Schemas = { Tree: object({ name: text, trees: { type: 'array', items: ref('Tree') } }) }
    expect(samples(ref('Tree'), schemas)).toEqual([{ name: '', trees: [{ name: '', trees: [] }] }])
  })

  test('of a schema that the document does not have: none', () => {
    expect(() => samplesOf(ref('Nowhere'), {})).toThrow('#/components/schemas/Nowhere')
  })
})

test('a place that no sample has is told', () => {
  const schema = object({ a: text, list: { type: 'array', items: { oneOf: [object({ b: text }), text] } } })
  expect(unreached(schema, {}, [{ a: '' }, { list: [''] }])).toEqual(['/list/*/b'])
  expect(unreached({ type: 'object', additionalProperties: text }, {}, [{ a: '' }])).toEqual(['/'])
})

test('a form names the members of what it holds', () => {
  const made = samples(object({ file: { type: 'string', format: 'binary' }, tags: { type: 'array', items: text } }))
  expect(made.map(formOf)).toEqual([{ file: { filename: '' }, 'tags[]': '' }])
  expect(formOf({ after: { anchor: 'created_at', seconds: 3600 }, on: false })).toEqual({
    'after[anchor]': 'created_at',
    'after[seconds]': '3600',
    on: 'false',
  })
})

test('values that repeat are written once', () => {
  const long = { type: 'message', content: [{ type: 'text', text: '', annotations: [] }] }
  expect(shared({ a: [long, { ...long }], b: { long, short: 'x' } })).toEqual({
    shared: [long],
    members: [
      ['a', [{ '#': 0 }, { '#': 0 }]],
      ['b', { long: { '#': 0 }, short: 'x' }],
    ],
  })
})

test('what another sample has in it is left out', () => {
  const base = { type: 'a', list: [{ x: '' }], n: 0 }
  const extended = { type: 'a', list: [{ y: '' }, { x: '', more: '' }], n: 1, agent: '' }
  expect(widest([base, extended, { ...base }])).toEqual([extended])
  const others = [{ ...base, type: 'b' }, { ...base, list: [{ z: '' }] }, { ...base, n: '' }, ['']]
  expect(widest([...others, extended])).toEqual([...others, extended])
})
