import { stringLeaves } from '../json/leaves.ts'
import type { PatternNode } from '../json/pattern.ts'
import { valueAt } from '../json/pointer.ts'
import type { Body } from '../protocol/body.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import type { Place } from '../protocol/place.ts'
import type { Direction, Source, TextSegment } from '../protocol/segment.ts'
import type { BodyView } from '../protocol/view.ts'

/** What an operation's adapter declared about one side of it. */
export interface Declared {
  readonly ignores: PatternNode<unknown>
  /** Member names that need no inspection: the provider's own. */
  readonly knownNames: ReadonlySet<string>
}

/**
 * What the places of a body's texts may take together: 64 units for each text, and the length of its pointer. A body of
 * ten million strings, or of a thousand below names as long as a book, would take hours to be placed.
 */
const maxPlaceUnits = 16_777_216
const unitsPerText = 64

/** Where a request stands that is inside another, or a piece of a file. */
export interface Within {
  /** Before the ids of its segments: `n3.`. */
  readonly id: string
  readonly place: Place
}

/** A place told from where a request begins, told from where the body begins. */
export function placeWithin(place: Place, { place: { part, line, pointer } }: Within): Place {
  return {
    ...place,
    ...(part === undefined ? {} : { part }),
    ...(line === undefined ? {} : { line }),
    // Two pointers, one behind the other, are a pointer.
    pointer: `${pointer}${place.pointer}` as JsonPointer,
  }
}

export interface SegmentsOptions {
  /** What stands there or below leaves the body before it is sent: it is left out. */
  readonly gone?: readonly Place[]
  /** Called once where the places of the texts pass their bound: the texts that follow are left out. */
  readonly onLimit?: () => void
  /** Absent: the body is what was sent. */
  readonly within?: Within
}

/**
 * Everything that is text in a body, as segments: what the adapter names, and, of kind `other`, every other string and
 * every member name it neither names nor ignores. Nothing is uninspected by omission.
 */
export function segmentsOf(
  body: Body,
  view: BodyView,
  declared: Declared,
  direction: Direction,
  query: readonly (readonly [string, string])[],
  { gone = [], onLimit, within }: SegmentsOptions = {},
): readonly TextSegment[] {
  const segments: TextSegment[] = []
  const prefix = `${within?.id ?? ''}${direction === 'ingress' ? 'q' : 's'}`
  let left = maxPlaceUnits
  const fits = ({ pointer }: Place): boolean => {
    if (left < 0) return false
    left -= unitsPerText + pointer.length
    if (left < 0) onLimit?.()
    return left >= 0
  }
  const push = (segment: Omit<TextSegment, 'id' | 'direction'>): void => {
    // Frozen: what one detector is given is given to the next.
    const id = `${prefix}${segments.length}`
    const sources =
      within === undefined
        ? segment.sources
        : segment.sources.map(({ place, start }) => ({ place: placeWithin(place, within), start }))
    segments.push(Object.freeze({ ...segment, id, direction, sources }))
  }
  const removed = gone.length === 0 ? nowhere : new Set(gone.map(claimKey))
  const claimed = new Set<string>()
  // Values whose whole spelling is a text: every string and name in them is part of it.
  const spelled = new Set<string>()
  for (const text of view.texts) {
    if (!fits(text.sources[0]?.place ?? { pointer: '' })) break
    for (const { place } of text.sources) {
      if (text.json === true) spelled.add(claimKey(place))
      // A member's name, or a piece of what a string holds, is not all that stands there.
      if (place.key !== true && place.inner === undefined) claimed.add(claimKey(place))
    }
    if (text.text === '' || text.sources.every(({ place }) => isCovered(place, removed))) continue
    push(text)
  }
  const covered =
    view.opaque.length === 0 ? removed : new Set([...removed, ...view.opaque.map(({ place }) => claimKey(place))])

  const other = (text: string, sources: readonly Source[]): void => {
    push({ kind: 'other', trust: direction === 'ingress' ? 'user' : 'model', text, sources })
  }
  const names = new Names(declared.knownNames)
  const walk = (value: Json, at: Omit<Place, 'pointer'>): void => {
    stringLeaves(
      value,
      declared.ignores,
      (text, pointerOf) => {
        if (text === '' || left < 0) return
        const place: Place = { ...at, pointer: pointerOf() }
        if (!fits(place)) return
        if (claimed.has(claimKey(place)) || isCovered(place, covered) || isCovered(place, spelled)) return
        other(text, [{ place, start: 0 }])
      },
      (name, pointerOf) => {
        if (left < 0 || names.has(name)) return
        const place: Place = { ...at, pointer: pointerOf(), key: true }
        if (fits(place) && !isCovered(place, removed) && !isCovered(place, spelled)) names.add(name, place)
      },
      // Not even looked at: of a hundred thousand requests inside, each has its own bound of places.
      gone.length === 0 ? undefined : new Set(gone.map(({ pointer }) => valueAt(value, pointer))),
    )
  }

  if (body.type === 'json') walk(body.value, {})
  else if (body.type === 'lines') for (const [line, { value }] of body.lines.entries()) walk(value, { line })
  else if (body.type === 'text') {
    if (body.text !== '' && !claimed.has(claimKey({ pointer: '' })))
      other(body.text, [{ place: { pointer: '' }, start: 0 }])
  } else if (body.type === 'form') {
    for (const [part, { name, filename, plainFilename, text }] of body.parts.entries()) {
      names.add(name, { part, pointer: '', key: true })
      for (const file of [filename, plainFilename]) {
        if (file !== undefined && file !== '') other(file, [{ place: { part, pointer: '', key: true }, start: 0 }])
      }
      const place: Place = { part, pointer: '' }
      if (text !== undefined && text !== '' && !claimed.has(claimKey(place))) other(text, [{ place, start: 0 }])
    }
  }
  for (const [name, value] of query) {
    const place: Place = { query: name, pointer: '' }
    names.add(name, place)
    if (value !== '') other(value, [{ place, start: 0 }])
  }
  if (names.text !== '') other(names.text, names.sources)
  return joined(segments)
}

const nowhere: ReadonlySet<string> = new Set()

/** Member names that no declaration knows, gathered into one text: tool parameters, free-form maps, a smuggler's key. */
class Names {
  text = ''
  readonly sources: Source[] = []
  private readonly known: ReadonlySet<string>
  private seen: Set<string> | undefined

  constructor(known: ReadonlySet<string>) {
    this.known = known
  }

  /** There is nothing to add. */
  has(name: string): boolean {
    return name === '' || this.known.has(name) || this.seen?.has(name) === true
  }

  add(name: string, place: Place): void {
    if (this.has(name)) return
    this.seen ??= new Set()
    this.seen.add(name)
    if (this.text !== '') this.text += '\n'
    this.sources.push({ place, start: this.text.length })
    this.text += name
  }
}

/** Texts the provider joins are also read joined: a value cut in two between content parts is whole again there. */
function joined(segments: readonly TextSegment[]): readonly TextSegment[] {
  if (!segments.some(({ group }) => group !== undefined)) return segments
  const groups = new Map<string, TextSegment[]>()
  for (const segment of segments) {
    if (segment.group === undefined) continue
    const group = groups.get(segment.group)
    if (group === undefined) groups.set(segment.group, [segment])
    else group.push(segment)
  }
  const joins: TextSegment[] = []
  for (const group of groups.values()) {
    const [first] = group
    if (first === undefined || group.length < 2) continue
    let text = ''
    const sources: Source[] = []
    const parts: Pick<Source, 'start'>[] = []
    for (const segment of group) {
      parts.push({ start: text.length })
      for (const source of segment.sources) sources.push({ place: source.place, start: text.length + source.start })
      text += segment.text
    }
    const decoded = group.some((segment) => segment.decoded === true)
    const { group: _, ...rest } = first
    joins.push(
      Object.freeze({
        ...rest,
        id: `${first.id}+`,
        text,
        sources,
        parts,
        ...(decoded ? { decoded: true as const } : {}),
      }),
    )
  }
  return joins.length === 0 ? segments : [...segments, ...joins]
}

/** The segment repeats others, to find what is cut between them. */
export function isJoined(segment: TextSegment): boolean {
  return segment.id.endsWith('+')
}

/** Whether a place stands in, or is, one of these. */
export function standsIn(holders: readonly Place[]): (place: Place) => boolean {
  const covered = new Set(holders.map(claimKey))
  return (place) => isCovered(place, covered)
}

function claimKey({ part, line, query, pointer }: Place): string {
  return part === undefined && line === undefined && query === undefined
    ? pointer
    : `${part ?? ''}|${line ?? ''}|${query ?? ''}|${pointer}`
}

/** The place, or a value that holds it, is among those covered. */
function isCovered(place: Place, covered: ReadonlySet<string>): boolean {
  if (covered.size === 0) return false
  for (let { pointer } = place; ; pointer = holderOf(pointer)) {
    if (covered.has(claimKey({ ...place, pointer }))) return true
    if (pointer === '') return false
  }
}

function holderOf(pointer: JsonPointer): JsonPointer {
  // What stands before a pointer's last slash is a pointer.
  return pointer.slice(0, pointer.lastIndexOf('/')) as JsonPointer
}
