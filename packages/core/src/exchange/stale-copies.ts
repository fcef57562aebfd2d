import { placeWithin, type Within } from '../inspect/segments.ts'
import type { Edit, Place } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'

/**
 * Log probabilities repeat the text of their choice, token by token: where something of it is edited, they go as a whole,
 * and with them what was to be edited in them. Copies of other choices stay as they came. The edits' places are told
 * from where all begins that came, the view's from `within`.
 */
export function withStaleCopies(view: BodyView, edits: readonly Edit[], within?: Within): readonly Edit[] {
  if (edits.length === 0 || view.copies.length === 0) return edits
  const placed = (place: Place): Place => (within === undefined ? place : placeWithin(place, within))
  const choices = editedChoices(view, edits, placed)
  const stale = view.copies
    .map(({ choice, place }) => ({ choice, place: placed(place) }))
    .filter(({ choice, place }) => choices.has(choice) || edits.some((edit) => isBeside(place, edit.place)))
    .map(({ place }) => place)
  if (stale.length === 0) return edits
  const kept = edits.filter(({ place }) => !stale.some((copy) => holds(copy.pointer, place.pointer)))
  return [...kept, ...stale.map((place): Edit => ({ type: 'replace', place, json: 'null' }))]
}

function editedChoices(
  { texts }: BodyView,
  edits: readonly Edit[],
  placed: (place: Place) => Place,
): ReadonlySet<number> {
  const pointers = new Set<string>(edits.map(({ place }) => place.pointer))
  const choices = new Set<number>()
  for (const { choice, sources } of texts) {
    if (choice !== undefined && sources.some(({ place }) => pointers.has(placed(place).pointer))) choices.add(choice)
  }
  return choices
}

/** What is edited stands in the object that holds the copy: in its choice, whoever named it. */
function isBeside(copy: Place, edited: Place): boolean {
  return holds(copy.pointer.slice(0, copy.pointer.lastIndexOf('/')), edited.pointer)
}

function holds(outer: string, inner: string): boolean {
  return inner === outer || inner.startsWith(`${outer}/`)
}
