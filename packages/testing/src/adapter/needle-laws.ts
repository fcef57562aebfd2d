import assert from 'node:assert/strict'
import type { Json, Operation } from '@sluice/core'
import type { AnswerSample } from './adapter-samples.ts'
import { jsonBody, segmentsRead, streamRead } from './readings.ts'
import { asStream, framesIn, objectsIn, stringsIn, withValue } from './strings-in.ts'

/** Spaces and a comma: no id, no word of a closed set and no base64 looks like this. */
const NEEDLE = 'the needle, in so many words'
/** No provider has a member of this name. */
const STRANGE = 'x-needle-name'

/** All that is read of a value put in the place of the sample. */
type Reader = (value: Json) => readonly string[]

/** No string, no member's name and no member that nobody knows passes by, wherever it stands in a request. */
export function checkRequestNeedles(operation: Operation, request: Json): void {
  checkEveryPlace(request, [], (value) => segmentsRead(operation, jsonBody(value), 'ingress').map(({ text }) => text))
}

export function checkAnswerNeedles(operation: Operation, { name, whole, chunks, padding = [] }: AnswerSample): void {
  if (whole !== undefined) {
    checkEveryPlace(JSON.parse(whole), padding, (value) =>
      segmentsRead(operation, jsonBody(value), 'egress').map(({ text }) => text),
    )
  }
  const frames = chunks === undefined ? [] : framesIn(chunks)
  for (const [index, frame] of frames.entries()) {
    const read: Reader = (value) => {
      const view = streamRead(operation, [asStream(frames.with(index, value))])?.view
      assert(view, `${name} has a stream, and ${operation.name} no decoder`)
      const ids = view.toolCalls.map(({ callId }) => callId)
      return [...view.texts.map(({ text }) => text), ...ids]
    }
    checkEveryPlace(frame, padding, read, `frame ${index} of ${name}`)
  }
}

function checkEveryPlace(root: Json, padding: readonly string[], read: Reader, where = ''): void {
  const missed: string[] = []
  const isIn = (texts: readonly string[], needle: string): boolean => texts.some((text) => text.includes(needle))
  for (const pointer of stringsIn(root)) {
    if (padding.includes(pointer)) continue
    if (!isIn(read(withValue(root, pointer, () => NEEDLE)), NEEDLE)) missed.push(`${where} ${pointer}`)
  }
  for (const pointer of objectsIn(root)) {
    const texts = read(withValue(root, pointer, (old) => Object.assign({}, old, { [STRANGE]: [NEEDLE] })))
    if (!isIn(texts, NEEDLE)) missed.push(`${where} ${pointer}/${STRANGE}`)
    if (!isIn(texts, STRANGE)) missed.push(`${where} the name of ${pointer}/${STRANGE}`)
  }
  assert.deepEqual(missed, [], 'text that nobody would have read')
}
