import type { BodyView, JsonBody } from '@sluice/core'
import { readBytes } from '../content/read-reference.ts'
import { asObject, asString, elementsOf, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import type { CallNames } from './call-names.ts'
import { type ItemReading, nameOdd, readItem } from './read-item.ts'
import { readSettings } from './read-settings.ts'
import { oddClientWords } from './words.ts'

/** An event of the client's, read by the members it has. */
export function readClient(body: JsonBody, calls: CallNames): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  const reading: ItemReading = { view, calls, odd: oddClientWords, oddTrust: 'user', role: 'user' }
  nameOdd(reading, root, '')
  const sound = asString(root['audio'])
  if (sound !== undefined) readBytes(view, { kind: 'user', trust: 'user' }, { pointer: '/audio' }, sound, 'audio')
  const item = asObject(root['item'])
  if (item) readItem(reading, item, '/item')
  const session = asObject(root['session'])
  if (session) readSettings(view, session, '/session')
  const response = asObject(root['response'])
  if (!response) return view.view()
  readSettings(view, response, '/response')
  for (const [index, input] of elementsOf(response['input']).entries()) {
    const object = asObject(input)
    if (object) readItem(reading, object, `/response/input/${index}`)
  }
  return view.view()
}
