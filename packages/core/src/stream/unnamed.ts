import { stringLeaves } from '../json/leaves.ts'
import type { PatternNode } from '../json/pattern.ts'
import { tokensOf } from '../json/pointer.ts'
import { isJsonArray, isJsonObject } from '../json/type.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import type { StreamEvent } from '../protocol/stream.ts'

/** A string of a frame that neither the decoder nor the operation accounts for. */
export interface UnnamedText {
  readonly block: string
  readonly choice: number
  readonly pointer: JsonPointer
  readonly text: string
}

/** Everything in a stream that nobody names, as blocks of kind `other`: nothing is uninspected by omission. */
export interface UnnamedTexts {
  /** The strings of a frame's value that are not in `accounted`. Takes note of unknown member names. */
  find(value: Json, accounted: ReadonlySet<string>, frame: number): readonly UnnamedText[]
  add(unnamed: UnnamedText, frame: number): void
  /** Text outside the JSON: comments, ids, event names. Each is read once. */
  note(text: string, frame: number): void
}

/** Longer than any piece in which a provider streams text, and shorter than what would be dear to gather repeatedly. */
const longestPiece = 64

interface Series {
  last: string
  /** Frames that repeated the one value seen so far, held back; undefined since another value came. */
  held: number[] | undefined
}

/**
 * A value that differs in each frame is a piece of a text, so values at one place are joined, and a needle cut over
 * frames is whole again. A value that never changes (an id, a version) is no such piece: it is kept once, and its
 * repetitions are added only when another value follows, since then they may have been pieces. Values longer than
 * any piece are added only when they differ from the one before.
 */
export function createUnnamedTexts(
  {
    ignores,
    knownNames,
  }: { readonly ignores: PatternNode<unknown> | undefined; readonly knownNames: ReadonlySet<string> },
  emit: (event: StreamEvent, frame: number) => void,
  /** Nothing is kept of what is emitted: nor is anything remembered here. */
  isFull: () => boolean,
): UnnamedTexts {
  const series = new Map<string, Series>()
  const names = new Set<string>()
  const notes = new Set<string>()

  function noteOnce(text: string, noted: Set<string>, block: string, frame: number): void {
    if (text === '' || noted.has(text)) return
    emit({ type: 'block-delta', block, delta: noted.size === 0 ? text : `\n${text}`, pointer: '' }, frame)
    if (!isFull()) noted.add(text)
  }

  return {
    find(value, accounted, frame) {
      const found: UnnamedText[] = []
      stringLeaves(
        value,
        ignores,
        (text, pointerOf) => {
          if (text === '') return
          const pointer = pointerOf()
          if (!accounted.has(pointer)) found.push({ ...blockAt(value, pointer), pointer, text })
        },
        (name) => {
          if (!knownNames.has(name)) noteOnce(name, names, 'other:names', frame)
        },
      )
      return found
    },

    add({ block, choice, pointer, text: delta }, frame) {
      const known = series.get(block)
      if (known === undefined) {
        if (!isFull()) series.set(block, { last: delta, held: [] })
        emit({ type: 'block-start', block, choice, kind: 'other' }, frame)
        emit({ type: 'block-delta', block, delta, pointer }, frame)
        return
      }
      const { last, held } = known
      if (delta === last && (held !== undefined || delta.length > longestPiece)) {
        if (delta.length <= longestPiece && !isFull()) held?.push(frame)
        return
      }
      for (const earlier of held ?? []) emit({ type: 'block-delta', block, delta: last, pointer }, earlier)
      known.last = delta
      known.held = undefined
      emit({ type: 'block-delta', block, delta, pointer }, frame)
    },

    note(text, frame) {
      noteOnce(text, notes, 'other:notes', frame)
    },
  }
}

/**
 * Frames place what they add to by an `index` member, at whatever position it stands in an array: so strings are told
 * apart by the indices above them. The outermost is taken for the choice.
 */
function blockAt(value: Json, pointer: JsonPointer): { readonly block: string; readonly choice: number } {
  let at: Json | undefined = value
  let choice = indexOf(at)
  let block = `other:${choice === undefined ? '' : `#${choice}`}`
  for (const token of tokensOf(pointer)) {
    const inArray = isJsonArray(at)
    at = isJsonArray(at) ? at[Number(token)] : isJsonObject(at) ? at[token] : undefined
    const index = indexOf(at)
    choice ??= index
    block += index === undefined ? `/${token}` : inArray ? `/#${index}` : `/${token}#${index}`
  }
  return { block, choice: choice ?? 0 }
}

function indexOf(value: Json | undefined): number | undefined {
  if (!isJsonObject(value) || !Object.hasOwn(value, 'index')) return undefined
  const { index } = value
  return typeof index === 'number' && Number.isSafeInteger(index) && index >= 0 ? index : undefined
}
