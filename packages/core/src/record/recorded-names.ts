import { pointerOf, tokensOf } from '../json/pointer.ts'
import type { Detection } from '../protocol/finding.ts'
import type { JsonPointer } from '../protocol/json.ts'

const plain = /^[\w.:/@+-]{1,128}$/
const index = /^[0-9]{1,7}$/
/** What is longer than this is no part of a name that is recorded, and such a name is no great part of it. */
const maxFlagged = 1024
const maxFlags = 65_536

/**
 * Names as they may be recorded. They come from outside, models, tools, members of a body: one that looks like no name,
 * or in which something was found, is kept as a fingerprint.
 */
export class RecordedNames {
  /** The AppContext's. Without it a caller is not known, and nothing of its names is kept. */
  fingerprint: ((text: string) => string) | undefined
  /** Member names that are the provider's own. */
  known: readonly ReadonlySet<string>[] = []
  private isFull = false
  private flagged: Set<string> | undefined
  private made: Map<string, string> | undefined

  /** Something was found in this text. Once `name` was called, it is too late. */
  flag(matched: string): void {
    if (matched === '' || matched.length > maxFlagged) return
    this.flagged ??= new Set()
    // A session of hours may hold more than can be kept: then no name is written as it is.
    if (this.flagged.size >= maxFlags) this.isFull = true
    if (this.isFull) return
    this.flagged.add(matched)
  }

  name(name: string): string {
    if (name === '') return name
    this.made ??= new Map()
    const known = this.made.get(name)
    if (known !== undefined) return known
    const made =
      plain.test(name) && !this.isFull && !this.reveals(name) ? name : `fingerprint:${this.fingerprint?.(name) ?? ''}`
    this.made.set(name, made)
    return made
  }

  /** A member's name is part of a detection's place, and its tool of what it says. */
  detection(detection: Detection): Detection {
    const { tool, place } = detection
    return {
      ...detection,
      ...(tool === undefined ? {} : { tool: this.name(tool) }),
      place: {
        ...place,
        pointer: this.pointer(place.pointer),
        ...(place.inner === undefined ? {} : { inner: this.pointer(place.inner) }),
        ...(place.query === undefined ? {} : { query: this.name(place.query) }),
      },
    }
  }

  private pointer(pointer: JsonPointer): JsonPointer {
    const tokens = tokensOf(pointer)
    return pointerOf(
      tokens.map((token) =>
        index.test(token) || this.known.some((names) => names.has(token)) ? token : this.name(token),
      ),
    )
  }

  /** It holds what was found, or is a good part of it. */
  private reveals(name: string): boolean {
    if (this.flagged === undefined) return false
    for (const text of this.flagged) {
      if (name.includes(text) || (3 * name.length >= text.length && text.includes(name))) return true
    }
    return false
  }
}
