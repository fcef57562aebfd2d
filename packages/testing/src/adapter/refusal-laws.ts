import assert from 'node:assert/strict'
import type { BodyView, Denial, Operation } from '@sluice/core'
import { jsonBody, noRequest, streamRead } from './readings.ts'

const denial: Denial = { message: 'Blocked, "as they say"', exchange: 'x_1', model: 'm-1', created: 1764150001 }

/** Blocked answers are what the adapter itself would read as an answer that was filtered, and begin as documented. */
export function checkRefusals(operation: Operation): void {
  const whole = operation.refuse(denial, { stream: false, frame: 'chunk' })
  if (whole === undefined) return
  assert(whole.contentType.startsWith('application/json'), `${operation.name}: a whole answer is JSON`)
  const body = jsonBody(JSON.parse(whole.body), whole.body)
  checkFiltered(operation, operation.readResponse(body, { status: whole.status, request: noRequest(operation) }))

  const streamed = operation.refuse(denial, { stream: true, frame: 'chunk' })
  assert(streamed, `${operation.name} has a blocked answer, and none that is streamed`)
  const marked = `{"blocked":true,"message":${JSON.stringify(denial.message)}`
  assert(streamed.contentType.startsWith('text/event-stream'), `${operation.name}: a stream is of events`)
  assert(streamed.body.startsWith(`data: ${marked},`), `${operation.name}: the first frame begins as documented`)
  const reading = streamRead(operation, [new TextEncoder().encode(streamed.body)])
  assert(reading?.ended, `${operation.name}: the blocked stream ends as the provider's do`)
  assert.equal(reading.malformedFrames, 0)
  checkFiltered(operation, reading.view)

  const bare = operation.refuse(denial, { stream: true, frame: 'bare' })
  assert.equal(bare?.body, `data: ${marked}}\n\n`, `${operation.name}: the bare frame and nothing else`)
}

function checkFiltered({ name }: Operation, view: BodyView): void {
  const said = view.texts.filter(({ kind }) => kind === 'assistant').map(({ text }) => text)
  assert.deepEqual(said, [denial.message], `${name}: what a blocked answer says`)
  assert.deepEqual(
    view.finishes.map(({ finish }) => finish.reason),
    ['content-filter'],
    `${name}: how a blocked answer ends`,
  )
}
