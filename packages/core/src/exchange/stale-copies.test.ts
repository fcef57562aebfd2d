import { expect, test } from 'bun:test'
import { emptyView } from '../../test/fakes.ts'
import type { JsonPointer } from '../protocol/json.ts'
import type { Edit } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { withStaleCopies } from './stale-copies.ts'

const view: BodyView = {
  ...emptyView,
  copies: [0, 1].map((choice) => ({ choice, place: { pointer: `/choices/${choice}/logprobs` } })),
  texts: [
    { kind: 'assistant', trust: 'model', text: 'x', sources: [{ place: { pointer: '/said' }, start: 0 }], choice: 1 },
  ],
}
const cut = (pointer: JsonPointer): Edit => ({ type: 'text', place: { pointer }, start: 0, end: 1, replacement: '' })
const gone = (choice: number): Edit => ({
  type: 'replace',
  place: { pointer: `/choices/${choice}/logprobs` },
  json: 'null',
})

test('the copies of an edited choice go, those of another stay', () => {
  const edit = cut('/choices/0/message/content')
  expect(withStaleCopies(view, [edit])).toEqual([edit, gone(0)])
})

test('by what the adapter says of the text, and by where a text stands that it does not name', () => {
  expect(withStaleCopies(view, [cut('/said')])).toEqual([cut('/said'), gone(1)])
  const unnamed = cut('/choices/1/a/field/of/tomorrow')
  expect(withStaleCopies(view, [unnamed])).toEqual([unnamed, gone(1)])
  expect(withStaleCopies(view, [cut('/choices/10/message')])).toEqual([cut('/choices/10/message')])
})

test('what was to be edited in a copy goes with it', () => {
  const edit = cut('/choices/0/message/content')
  expect(withStaleCopies(view, [cut('/choices/0/logprobs/content/0/token'), edit])).toEqual([edit, gone(0)])
  expect(withStaleCopies(view, [cut('/choices/0/logprobs/content/0/bytes')])).toEqual([gone(0)])
})

test('without an edit or a copy there is nothing to do', () => {
  expect(withStaleCopies(view, [])).toEqual([])
  expect(withStaleCopies(emptyView, [cut('/a')])).toEqual([cut('/a')])
})
