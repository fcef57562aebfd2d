import assert from 'node:assert/strict'
import {
  type BodyView,
  type Json,
  type JsonPointer,
  type Located,
  type NamedText,
  type Place,
  valueAt,
} from '@sluice/core'

/** Every pointer of a view leads to what the view says stands there: edits are made by them. */
export function checkPlaces(view: BodyView, root: Json): void {
  for (const text of view.texts)
    checkText(
      text,
      root,
      view.copies.map(({ place }) => place),
    )
  const named: readonly (Located<string> | undefined)[] = [
    ...view.models,
    ...(view.fetched ?? []),
    view.claimedActor,
    view.conversation,
  ]
  // What stands in the path or in the query is no place of the body.
  for (const item of named)
    if (item && item.place.query === undefined) assert.equal(at(root, item.place), item.value, item.place.pointer)
  for (const { id, place } of view.references ?? []) {
    if (place.query === undefined) assert.equal(at(root, place), id, `a reference at ${place.pointer}`)
  }
  for (const set of view.toolSets) {
    const places = [
      set.place,
      ...set.dependents,
      ...set.tools.map((tool) => tool.place),
      ...set.choices.flatMap(({ container, names }) => [container, ...names.map((name) => name.place)]),
    ]
    for (const place of places) checkIsThere(root, place)
  }
  for (const { place } of view.toolCalls) if (place) checkIsThere(root, place)
  for (const { place } of [...view.toolResults, ...view.opaque, ...view.copies, ...(view.nested ?? [])]) {
    checkIsThere(root, place)
  }
}

function checkText({ text, sources, decoded, json }: NamedText, root: Json, copies: readonly Place[]): void {
  assert(sources.length > 0, `a text without a source: ${JSON.stringify(text)}`)
  for (const [index, { place, start }] of sources.entries()) {
    const value = at(root, place)
    if (json === true) {
      assert.deepEqual(JSON.parse(text), value, `the value at ${place.pointer}`)
      continue
    }
    // A copy goes as a whole where something in it is to be edited: its texts may be spelled in bytes.
    if (typeof value !== 'string' && copies.some((copy) => place.pointer.startsWith(`${copy.pointer}/`))) continue
    assert.equal(typeof value, 'string', `a string at ${place.pointer}`)
    // What was decoded is not what stands there; a name is the last token of its pointer.
    if (decoded === true || place.key === true) continue
    const said = text.slice(start, sources[index + 1]?.start)
    // Strings that belong together and are no one text are a line each.
    const isLine = index + 1 < sources.length && said === `${value}\n`
    if (!isLine) assert.equal(said, value, place.pointer)
  }
}

function checkIsThere(root: Json, place: Place): void {
  assert.notEqual(at(root, place), undefined, `nothing stands at ${place.pointer}`)
}

function at(root: Json, { pointer }: Place): Json | undefined {
  return valueAt(root, pointer satisfies JsonPointer)
}
