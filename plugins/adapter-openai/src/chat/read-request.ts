import type { Body, BodyView, JsonObject } from '@sluice/core'
import { readContent } from '../content/read-content.ts'
import { stringLeaves } from '../json/leaves.ts'
import { asObject, asText, elementsOf, member, rootOf } from '../json/read.ts'
import { readDataSources } from '../tools/read-data-sources.ts'
import { readTools } from '../tools/read-tools.ts'
import { answersAsked } from '../view/answers-asked.ts'
import { readCaller } from '../view/read-caller.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { readMessage } from './read-message.ts'

export function readChatRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  readCaller(view, root)
  view.model({ pointer: '/moderation/model' }, asText(asObject(root['moderation'])?.['model']))
  const tools = new Map<string, string>()
  for (const [index, message] of elementsOf(root['messages']).entries()) {
    const object = asObject(message)
    if (object) readMessage(view, object, member('/messages', index), tools)
  }
  readTools(view, root)
  readDataSources(view, root)
  readOutputShape(view, root)
  view.weight = answersAsked(root)
  return view.view()
}

/** What the answer shall look like: the schema reaches the model like an instruction, the prediction like a prompt. */
function readOutputShape(view: ViewBuilder, root: JsonObject): void {
  const format = asObject(root['response_format'])?.['json_schema']
  for (const leaf of stringLeaves(format, '/response_format/json_schema')) {
    view.text('instruction', 'operator', { pointer: leaf.pointer }, leaf.text)
  }
  const prediction = asObject(root['prediction'])
  if (!prediction) return
  readContent(view, { kind: 'user', trust: 'user' }, prediction['content'], '/prediction/content', '/prediction')
}
