import assert from 'node:assert/strict'
import type { Json, Operation } from '@sluice/core'
import type { AnswerSample } from './adapter-samples.ts'
import { jsonBody, segmentsRead, streamRead } from './readings.ts'
import { asStream, framesIn, objectsIn, stringsIn, withValue } from './strings-in.ts'

/** Spaces and a comma: no id, no word of a closed set and no base64 looks like this. */
const NEEDLE = 'the needle, in so many words'
/** No provider has a member of this name. */
const STRANGE = 'x-needle-name'

/** No string, no member's name and no member that nobody knows passes by, wherever it stands in a request. */
export function checkRequestNeedles(operation: Operation, request: Json): void {
  const isFound = (value: Json, needle: string): boolean =>
    segmentsRead(operation, jsonBody(value), 'ingress').some(({ text }) => text.includes(needle))
  checkEveryPlace(request, [], isFound)
}

export function checkAnswerNeedles(operation: Operation, { name, whole, chunks, padding = [] }: AnswerSample): void {
  if (whole !== undefined) {
    const isFound = (value: Json, needle: string): boolean =>
      segmentsRead(operation, jsonBody(value), 'egress').some(({ text }) => text.includes(needle))
    checkEveryPlace(JSON.parse(whole), padding, isFound)
  }
  const frames = chunks === undefined ? [] : framesIn(chunks)
  for (const [index, frame] of frames.entries()) {
    const isFound = (value: Json, needle: string): boolean => {
      const changed = frames.map((other, at) => (at === index ? value : other))
      const view = streamRead(operation, [asStream(changed)])?.view
      assert(view, `${name} has a stream, and ${operation.name} no decoder`)
      const ids = view.toolCalls.map(({ callId }) => callId)
      return [...view.texts.map(({ text }) => text), ...ids].some((text) => text.includes(needle))
    }
    checkEveryPlace(frame, padding, isFound, `frame ${index} of ${name}`)
  }
}

function checkEveryPlace(
  root: Json,
  padding: readonly string[],
  isFound: (value: Json, needle: string) => boolean,
  where = '',
): void {
  const missed: string[] = []
  for (const pointer of stringsIn(root)) {
    if (padding.includes(pointer)) continue
    if (
      !isFound(
        withValue(root, pointer, () => NEEDLE),
        NEEDLE,
      )
    )
      missed.push(`${where} ${pointer}`)
  }
  for (const pointer of objectsIn(root)) {
    const member = withValue(root, pointer, (old) => Object.assign({}, old, { [STRANGE]: [NEEDLE] }))
    if (!isFound(member, NEEDLE)) missed.push(`${where} ${pointer}/${STRANGE}`)
    if (!isFound(member, STRANGE)) missed.push(`${where} the name of ${pointer}/${STRANGE}`)
  }
  assert.deepEqual(missed, [], 'text that nobody would have read')
}
