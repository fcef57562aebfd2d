import type { JsonPointer } from '../protocol/json.ts'
import type { Edit } from '../protocol/place.ts'
import { type JsonLocation, locateAll } from './locate.ts'
import { parseJson } from './parse.ts'
import { removalSpans } from './removal.ts'
import { decodeLiteral } from './scan.ts'
import { applySpans, mergeSpans, type Span } from './spans.ts'
import { escapeJsonString, isWholeOffset, rawOffsets } from './strings.ts'

/** JSON inside a string came from outside too: as deep as a body may be. */
const INNER_DEPTH = 512

/**
 * The text with `edits` applied, all else to the byte; undefined where there is no legal result: a place that is not
 * there, offsets out of range or within a surrogate pair, a name to be edited, a replacement that is no JSON, a value
 * both replaced and edited within. Text edits that overlap become one; what is removed takes edits within it along.
 * `text` is known to be JSON without repeated members; only `pointer` and `inner` of a place are read.
 */
export function spliceJson(text: string, edits: readonly Edit[]): string | undefined {
  const spans = spansInJson(text, edits)
  return spans === undefined ? undefined : applySpans(text, spans)
}

/**
 * As `spliceJson`, for a plain text that may hold JSON: text edits count in `text`, edits with `inner` point into the
 * JSON that it is.
 */
export function spliceText(text: string, edits: readonly Edit[]): string | undefined {
  if (edits.some((edit) => edit.place.key)) return undefined
  const spans = spansInText(text, edits)
  return spans === undefined ? undefined : applySpans(text, spans)
}

/** What `spliceJson` would change, in order and apart; undefined where it has no result. */
export function spansInJson(text: string, edits: readonly Edit[]): Span[] | undefined {
  const groups = new Map<JsonPointer, Edit[]>()
  for (const edit of edits) {
    if (edit.place.key) return undefined
    const group = groups.get(edit.place.pointer)
    if (group === undefined) groups.set(edit.place.pointer, [edit])
    else group.push(edit)
  }
  const pointers = [...groups.keys()]
  const locations = locateAll(text, pointers)
  const spans: Span[] = []
  const removed = new Map<string, JsonLocation[]>()
  for (const [index, pointer] of pointers.entries()) {
    const location = locations[index]
    if (location === undefined) return undefined
    if (within(pointer, groups, isRemoval)) continue
    if (within(pointer, groups, isReplacement)) return undefined
    const group = groups.get(pointer) ?? []
    if (group.some(isRemoval)) {
      if (pointer === '') return undefined
      const parent = pointer.slice(0, pointer.lastIndexOf('/'))
      const siblings = removed.get(parent)
      if (siblings === undefined) removed.set(parent, [location])
      else siblings.push(location)
      continue
    }
    const made = group.some(isReplacement) ? replacementSpan(location, group) : stringSpans(text, location, group)
    if (made === undefined) return undefined
    spans.push(...made)
  }
  for (const locations of removed.values()) spans.push(...removalSpans(locations))
  return spans.sort((a, b) => a.start - b.start || a.end - b.end)
}

function isRemoval(edit: Edit): boolean {
  return edit.type === 'remove' && edit.place.inner === undefined
}

function isReplacement(edit: Edit): boolean {
  return edit.type === 'replace' && edit.place.inner === undefined
}

/** Some value that holds the one at `pointer` has such an edit. */
function within(
  pointer: JsonPointer,
  groups: ReadonlyMap<string, readonly Edit[]>,
  test: (edit: Edit) => boolean,
): boolean {
  for (
    let slash = pointer.lastIndexOf('/');
    slash !== -1;
    slash = slash === 0 ? -1 : pointer.lastIndexOf('/', slash - 1)
  ) {
    if (groups.get(pointer.slice(0, slash))?.some(test)) return true
  }
  return false
}

function replacementSpan(location: JsonLocation, group: readonly Edit[]): Span[] | undefined {
  const texts = new Set(group.map((edit) => (isReplacement(edit) && edit.type === 'replace' ? edit.json : undefined)))
  const [json] = texts
  // Two replacements that differ, or one beside an edit of the old value, contradict each other.
  if (texts.size !== 1 || json === undefined || !parseJson(json, INNER_DEPTH).ok) return undefined
  return [{ start: location.start, end: location.end, replacement: json }]
}

function stringSpans(text: string, location: JsonLocation, group: readonly Edit[]): Span[] | undefined {
  const { start, end } = location
  if (text[start] !== '"') return undefined
  const spans = spansInText(decodeLiteral(text, start, end), group)
  if (spans === undefined) return undefined
  const raw = rawOffsets(
    text.slice(start + 1, end - 1),
    spans.flatMap((span) => [span.start, span.end]),
  )
  return spans.map((span, index) => ({
    start: start + 1 + (raw[2 * index] ?? 0),
    end: start + 1 + (raw[2 * index + 1] ?? 0),
    replacement: escapeJsonString(span.replacement),
  }))
}

/** Spans in a decoded string, of edits of the string itself and of the JSON in it. */
function spansInText(text: string, edits: readonly Edit[]): Span[] | undefined {
  const spans: Span[] = []
  const inner: Edit[] = []
  for (const edit of edits) {
    const pointer = edit.place.inner
    if (pointer !== undefined) inner.push({ ...edit, place: { pointer } })
    else if (edit.type !== 'text') return undefined
    else if (edit.start > edit.end || !isWholeOffset(text, edit.start) || !isWholeOffset(text, edit.end))
      return undefined
    else spans.push({ start: edit.start, end: edit.end, replacement: edit.replacement })
  }
  if (inner.length === 0) return mergeSpans(spans)
  if (!parseJson(text, INNER_DEPTH).ok) return undefined
  const within = spansInJson(text, inner)
  if (within === undefined) return undefined
  const merged = mergeSpans([...spans, ...within])
  // An edit of the string beside edits of the JSON in it may cut through that JSON.
  return spans.length === 0 || parseJson(applySpans(text, merged), INNER_DEPTH).ok ? merged : undefined
}
