import { type Finding, type Said, type Segment, scanner, type TextSegment } from '@sluice/core'
import { withViews } from '@sluice/detect'
import { canariesIn, plantedIn } from './canary.ts'
import { type KnownInstructions, knowInstructions, type LeakageLimits, leakage } from './leakage.ts'
import { readingsOf } from './readings.ts'
import { type LeakageType, leakageTypes } from './types.ts'

export type PlacedFinding = Finding<LeakageType> & { readonly segment: string }

interface Wanted {
  readonly instructions: KnownInstructions
  readonly canaries: readonly string[]
  readonly limits: LeakageLimits
}

/** How far around what a view undoes it is read: a repeated instruction is longer than other findings. */
const viewReach = 4096

/** Every segment of an answer that repeats its request's instructions or holds a marker. A request leaks nothing. */
export function findLeaks(
  { segments, before }: Said & { readonly before: Said },
  configured: readonly string[],
  limits: LeakageLimits,
): readonly PlacedFinding[] {
  const answers = segments.filter(({ direction }) => direction === 'egress')
  if (answers.length === 0) return []
  const instructions = before.segments.filter(isInstruction).map(({ text }) => text)
  const said = before.segments.filter(isOpen).map(({ text }) => text)
  const wanted: Wanted = {
    instructions: knowInstructions(instructions, said),
    canaries: [...new Set([...configured, ...plantedIn(instructions)])],
    limits,
  }
  if (wanted.instructions.owners.size === 0 && wanted.canaries.length === 0) return []
  const scan = viewing(wanted)
  return answers.flatMap((segment) =>
    (scan(segment, segment.text) ?? []).map((finding) => ({ ...finding, segment: segment.id })),
  )
}

function isInstruction({ kind }: TextSegment): boolean {
  return kind === 'instruction'
}

/** What the actor or a third party said is no secret of the operator's. */
function isOpen({ kind, trust }: TextSegment): boolean {
  return kind !== 'instruction' && (trust === 'user' || trust === 'external')
}

/** The same in what disguises and encodings of the text stand for. */
function viewing(wanted: Wanted): (segment: Segment, text: string) => readonly Finding<LeakageType>[] | undefined {
  const inner = scanner<string, LeakageType>(leakageTypes, {
    init: () => '',
    push: (state, text) => ({ state: state + text, findings: [], clearedTo: 0 }),
    end: (state) => ({ state, findings: leaksIn(state, 'other', wanted), clearedTo: state.length }),
    whole: ({ kind }, text) => leaksIn(text, kind, wanted),
  })
  const viewed = withViews(inner, viewReach)
  return (segment, text) => (viewed.mode === 'scan' ? viewed.whole?.(segment, text) : undefined)
}

function leaksIn(
  text: string,
  kind: Segment['kind'],
  { instructions, canaries, limits }: Wanted,
): Finding<LeakageType>[] {
  const found: Finding<LeakageType>[] = []
  for (const reading of readingsOf(text)) {
    for (const { start, end } of canariesIn(reading.text, canaries)) {
      const data = { rule: 'canary', evidence: 'pattern', reading: reading.name }
      found.push({ type: 'EXFIL_CANARY', confidence: 0.99, ...reading.span(start, end), data })
    }
    for (const { start, end, words, part } of leakage(instructions, reading.text, limits)) {
      const data = {
        rule: 'overlap',
        evidence: 'pattern',
        reading: reading.name,
        words,
        part: Math.round(part * 100) / 100,
      }
      const confidence = 0.6 + Math.min(words, 100) / 400 + part * 0.13
      // A model that reasons about its instructions quotes them; whether the client sees that is for the policy to say.
      const severity = kind === 'reasoning' ? 'LOW' : words >= 60 || part >= 0.5 ? 'HIGH' : 'MEDIUM'
      found.push({ type: 'EXFIL_SYSTEM_PROMPT', confidence, severity, ...reading.span(start, end), data })
    }
  }
  // What reads the same both ways, or has no letters to move, is found once.
  const first = found.filter((one, at) => !found.slice(0, at).some((other) => overlaps(one, other)))
  return first.sort((a, b) => a.start - b.start || b.end - a.end)
}

function overlaps(a: Finding, b: Finding): boolean {
  return a.type === b.type && a.start < b.end && b.start < a.end
}
