import { describe, expect, test } from 'bun:test'
import type { Json } from '../protocol/json.ts'
import { checkFields, compileFields } from './fields.ts'

const fields = compileFields({
  '': ['object'],
  '/model': ['string'],
  '/messages': ['array'],
  '/messages/*': ['object'],
  '/messages/*/role': ['string'],
  '/messages/*/content': ['string', 'array', 'null'],
  '/stream': ['boolean', 'null'],
  '/input/*': ['number', 'string'],
  '/tools/*/kind': ['string'],
  '/metadata/*': ['string'],
})

const check = (value: Json): string | undefined => checkFields(value, fields)

describe('checkFields', () => {
  test('takes a body of known and of unknown members', () => {
    const value = {
      model: 'm',
      messages: [{ role: 'user', content: null, Extra: 1 }],
      stream: null,
      new_field: { Model: 1 },
    }
    expect(check(value)).toBeUndefined()
  })

  // PITFALLS 41: an upstream that folds keys reads the other one.
  test.each([
    [{ Model: 'm' }, 'the body has a member that is "model" spelled otherwise'],
    [{ MODEL: 'm', model: 'n' }, 'the body has a member that is "model" spelled otherwise'],
    [{ 'Me\u017f\u017fages': [] }, 'the body has a member that is "messages" spelled otherwise'],
    [{ 'm\uff4fdel': 'm' }, 'the body has a member that is "model" spelled otherwise'],
    [{ 'model\u0000x': 'm' }, 'the body has a member that is "model" spelled otherwise'],
    [{ 'to\u200bols': [] }, 'the body has a member that is "tools" spelled otherwise'],
    [{ tools: [{ '\u212aind': 'x' }] }, '/tools/0 has a member that is "kind" spelled otherwise'],
    [{ tools: [{ 'k\u0131nd': 'x' }] }, '/tools/0 has a member that is "kind" spelled otherwise'],
    [{ messages: [{ role: 'a' }, { Role: 'b' }] }, '/messages/1 has a member that is "role" spelled otherwise'],
  ])('refuses a name that only folds to a known one: %j', (value, message) => {
    expect(check(value)).toBe(message)
  })

  test.each([
    [{ stream: 'true' }, '/stream must be boolean or null, not string'],
    [{ model: ['m'] }, '/model must be string, not array'],
    [{ messages: [{ content: 7 }] }, '/messages/0/content must be string or array or null, not number'],
    [{ messages: ['x'] }, '/messages/0 must be object, not string'],
    [{ input: [1, 2, true] }, '/input/2 must be number or string, not boolean'],
    [[], 'the body must be object, not array'],
  ])('refuses a known member of another type: %j', (value, message) => {
    expect(check(value)).toBe(message)
  })

  test('never quotes a name that the caller chose', () => {
    expect(check({ metadata: { 'secret-name': 1 } })).toBe('/metadata/* must be string, not number')
  })

  test('members of Object.prototype are no known names', () => {
    expect(check(JSON.parse('{"constructor":1,"__proto__":{"model":1}}'))).toBeUndefined()
  })

  test('knows every name that a pattern names', () => {
    expect([...fields.names].sort()).toEqual(
      ['content', 'input', 'kind', 'messages', 'metadata', 'model', 'role', 'stream', 'tools'].sort(),
    )
  })
})
