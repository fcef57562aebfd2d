import assert from 'node:assert/strict'
import type { Operation, StreamReading } from '@sluice/core'
import { everySplit } from '../split/index.ts'
import type { AnswerSample } from './adapter-samples.ts'
import { jsonBody, noRequest, streamRead, verdictOf } from './readings.ts'

/** A stream is read as the whole answer is, however its bytes are cut, by templates and without. */
export function checkStream(operation: Operation, { name, whole, chunks, truncated }: AnswerSample): void {
  if (chunks === undefined) return
  // A view has no names; what nobody knows of them is inspected beside it, either way.
  const read = (pieces: readonly Uint8Array[], templates = true): StreamReading | undefined =>
    streamRead(operation, pieces, { templates, everyName: true })
  const first = read([chunks])
  assert(first, `${name} has a stream, and ${operation.name} no decoder`)
  const verdict = verdictOf(first.view)
  if (whole !== undefined) {
    const body = jsonBody(JSON.parse(whole), whole)
    const view = operation.readResponse(body, { status: 200, request: noRequest(operation) })
    assert.deepEqual(verdict, verdictOf(view), `${name}, streamed and whole`)
  }
  for (const { name: cut, pieces } of everySplit(chunks, { singleCuts: 200, random: 4 })) {
    const reading = read(pieces)
    assert(reading)
    assert.deepEqual(verdictOf(reading.view), verdict, `${name}, ${cut}`)
    assert.equal(reading.ended, truncated !== true, `${name}, ${cut}: the provider said that it was over`)
    assert.equal(reading.malformedFrames, 0, `${name}, ${cut}`)
  }
  const parsed = read([chunks], false)
  assert(parsed)
  assert.deepEqual(verdictOf(parsed.view), verdict, `${name}, every frame parsed`)
}
