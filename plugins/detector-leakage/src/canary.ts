/** The marker that the gateway plants behind the instructions of a request, where an AppContext asks for it. */
const planted = /sluice-canary-[a-z0-9]{16}/g

/** The planted markers among a request's instructions. */
export function plantedIn(instructions: readonly string[]): readonly string[] {
  return instructions.flatMap((text) => text.match(planted) ?? [])
}

export interface CanaryPlace {
  readonly start: number
  readonly end: number
}

/** Fewer letters and digits than this are looked for as they are written only. */
const shortest = 12

/** Where whole markers stand, in whatever case and with whatever between their letters; ten of each at most. */
export function canariesIn(text: string, canaries: readonly string[]): readonly CanaryPlace[] {
  if (canaries.length === 0) return []
  const found = canaries.flatMap((canary) => placesOf(text, canary))
  const { squeezed, offsets } = squeeze(text)
  for (const canary of canaries) {
    const bare = squeeze(canary).squeezed
    if (bare.length < shortest) continue
    for (const { start, end } of placesOf(squeezed, bare)) {
      found.push({ start: offsets[start] ?? 0, end: (offsets[end - 1] ?? 0) + 1 })
    }
  }
  found.sort((a, b) => a.start - b.start || b.end - a.end)
  return found.filter(({ start }, at) => at === 0 || start >= (found[at - 1]?.end ?? 0))
}

function placesOf(text: string, wanted: string): CanaryPlace[] {
  const places: CanaryPlace[] = []
  for (let at = text.indexOf(wanted); at !== -1 && places.length < 10; at = text.indexOf(wanted, at + wanted.length)) {
    places.push({ start: at, end: at + wanted.length })
  }
  return places
}

/** ASCII letters and digits alone, in lower case, and where each stood. */
function squeeze(text: string): { readonly squeezed: string; readonly offsets: Uint32Array } {
  const offsets = new Uint32Array(text.length)
  const kept: number[] = []
  const pieces: string[] = []
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    const lower = unit | 0x20
    const isLetter = lower >= 0x61 && lower <= 0x7a
    if (!isLetter && (unit < 0x30 || unit > 0x39)) continue
    offsets[pieces.length * chunk + kept.length] = at
    if (kept.push(isLetter ? lower : unit) === chunk) pieces.push(String.fromCharCode(...kept.splice(0)))
  }
  pieces.push(String.fromCharCode(...kept))
  return { squeezed: pieces.join(''), offsets }
}

const chunk = 4096
