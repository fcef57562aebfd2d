import {
  ContentLimit,
  type DetectionTypeSpec,
  type DetectorInstance,
  type Finding,
  type ScanStep,
  type Segment,
  scanner,
} from '@sluice/core'
import { type CompiledRule, compileLanes, compileRule, type Lane } from './compile.ts'
import { compareRanked, isCovered, type Ranked } from './covered.ts'
import type { PatternRule } from './rule.ts'

/** What is carried from one piece of text to the next: the tail that undecided matches need, and no more. */
interface ScanState<Code extends string> {
  /** The end of the text so far; `base` is its offset in the segment. */
  tail: string
  base: number
  /** Offsets up to which the gates have looked, by lane. */
  readonly scanned: number[]
  clearedTo: number
  /** Candidates whose text has not come whole, by rule, in order. */
  readonly waiting: Map<CompiledRule<Code>, Waiting[]>
  /** End of the last match, by rule: matches of one rule do not overlap. */
  readonly ends: Map<CompiledRule<Code>, number>
  /** Decided, but something that starts earlier is not yet. */
  held: Ranked<Code>[]
  /** The block of text in which candidates were last met, and how many, by lane: the same however the text is cut. */
  readonly tried: Map<Lane<Code>, { block: number; candidates: number }>
  /** Reported, and might still cover what comes. */
  recent: Ranked<Code>[]
}

interface Waiting {
  /** Offsets in the segment. */
  readonly at: number
  readonly start: number
  /** Up to here no `stop` was found. */
  soughtTo: number
}

/** Of each so many units of text, so many candidates are tried in each lane: four for each unit. */
const block = 16_384
const mostCandidates = 4 * block

/** No match of a rule's `stop` is longer. */
const longestStop = 64

/**
 * A detector in mode `scan` from rules. Its findings do not depend on how the text is cut, memory is bounded by the
 * longest rule, and the time is linear in the text: candidates × their bounded length. Throws `ContentLimit` at text made to have no end of
 * candidates.
 */
export function createPatternScan<Code extends string>(
  rules: readonly PatternRule<Code>[],
  types: Readonly<Record<Code, DetectionTypeSpec>>,
): DetectorInstance<Code> {
  const compiled = rules.map(compileRule)
  const lanes = compileLanes(compiled)
  const context = Math.max(0, ...compiled.map((one) => one.context), ...lanes.map(({ gate }) => gate.context))
  return scanner<ScanState<Code>, Code>(types, {
    init: () => startOf(''),
    push(state, text) {
      if (text === '') return { state, findings: [], clearedTo: state.clearedTo }
      state.tail = state.tail === '' ? text : state.tail + text
      return advance(state, lanes, context, false)
    },
    end: (state) => advance(state, lanes, context, true),
    whole: (segment, text) => findAll(segment, text, lanes),
  })
}

/** What `advance` finds in all of a text, at the price of its gates alone where they report nothing. */
function findAll<Code extends string>(
  segment: Segment,
  text: string,
  lanes: readonly Lane<Code>[],
): readonly Finding<Code>[] {
  let state: ScanState<Code> | undefined
  let at = 0
  // One for all lanes: there are a dozen of them for each text.
  const report = (anchor: number, key?: string): void => {
    const lane = lanes[at]
    if (lane === undefined) return
    state ??= startOf(text)
    meet(state, lane, anchor, true, key)
  }
  for (; at < lanes.length; at++) {
    const gate = lanes[at]?.gate
    if (gate === undefined) continue
    if ('whole' in gate) gate.whole(segment, text, report)
    else gate.scan(text, 0, text.length, report)
  }
  if (state === undefined) return none
  state.clearedTo = text.length
  return release(state)
}

function startOf<Code extends string>(text: string): ScanState<Code> {
  return {
    tail: text,
    base: 0,
    scanned: [],
    clearedTo: 0,
    waiting: new Map(),
    ends: new Map(),
    held: [],
    tried: new Map(),
    recent: [],
  }
}

function advance<Code extends string>(
  state: ScanState<Code>,
  lanes: readonly Lane<Code>[],
  context: number,
  ended: boolean,
): ScanStep<ScanState<Code>, Code> {
  const { tail, base } = state
  const length = base + tail.length
  for (const [one, queue] of state.waiting) {
    settle(state, one, queue, ended)
    if (queue.length === 0) state.waiting.delete(one)
  }
  let cleared = length
  for (const [at, lane] of lanes.entries()) {
    const from = state.scanned[at] ?? 0
    const to = ended ? length : undecided(lane, state, from)
    if (to > from) lane.gate.scan(tail, from - base, to - base, (anchor, key) => meet(state, lane, anchor, ended, key))
    state.scanned[at] = to
    cleared = Math.min(cleared, ended ? length : to - longestHead(lane, tail, to - base))
  }
  for (const queue of state.waiting.values()) cleared = Math.min(cleared, queue[0]?.start ?? length)
  state.clearedTo = cleared
  const keep = Math.max(0, cleared - context)
  if (keep > base) {
    state.tail = tail.slice(keep - base)
    state.base = keep
  }
  return { state, findings: release(state), clearedTo: state.clearedTo }
}

/** The first offset that the lane's gate cannot decide before more text has come. */
function undecided<Code extends string>(lane: Lane<Code>, state: ScanState<Code>, from: number): number {
  const { tail, base } = state
  const certain = Math.max(from, base + tail.length - lane.gate.width + 1)
  return Math.max(certain, base + (lane.gate.open?.(tail, certain - base) ?? 0))
}

/** How much of the text before `at` could be the head of an anchor that is still to come. */
function longestHead(lane: Lane<string>, tail: string, at: number): number {
  let longest = 0
  for (const { chars, max } of lane.heads) {
    let start = at
    while (start > 0 && at - start < max && chars.has(tail.charCodeAt(start - 1))) start--
    longest = Math.max(longest, at - start)
  }
  return longest
}

/** A gate reports an anchor at `at` of the tail. */
function meet<Code extends string>(
  state: ScanState<Code>,
  lane: Lane<Code>,
  at: number,
  ended: boolean,
  reported?: string,
): void {
  const key = reported ?? lane.gate.key?.(state.tail, at)
  const rules = key === undefined ? lane.rules : lane.byKey.get(key)
  if (rules === undefined) return
  for (const one of rules) {
    const start = one.begin(state.tail, at)
    if (start === -1) continue
    count(state, lane, at)
    const queue = state.waiting.get(one)
    if (queue === undefined && (ended || at + one.rule.length <= state.tail.length)) decide(state, one, at, start)
    else {
      const candidate = { at: state.base + at, start: state.base + start, soughtTo: state.base + at + 1 }
      if (queue !== undefined) queue.push(candidate)
      else {
        const first = [candidate]
        settle(state, one, first, ended)
        if (first.length > 0) state.waiting.set(one, first)
      }
    }
  }
}

function count<Code extends string>(state: ScanState<Code>, lane: Lane<Code>, at: number): void {
  const current = Math.floor((state.base + at) / block)
  const tried = state.tried.get(lane)
  if (tried?.block !== current) state.tried.set(lane, { block: current, candidates: 1 })
  else {
    tried.candidates++
    if (tried.candidates > mostCandidates) throw new ContentLimit('more candidates than are tried')
  }
}

/** Decides, in order, the candidates whose text is there. */
function settle<Code extends string>(
  state: ScanState<Code>,
  one: CompiledRule<Code>,
  queue: Waiting[],
  ended: boolean,
): void {
  const length = state.base + state.tail.length
  let settled = 0
  for (const candidate of queue) {
    if (!ended && candidate.at + one.rule.length > length && !hasStopped(state, one, candidate)) break
    decide(state, one, candidate.at - state.base, candidate.start - state.base)
    settled++
  }
  queue.splice(0, settled)
}

function hasStopped<Code extends string>(state: ScanState<Code>, one: CompiledRule<Code>, candidate: Waiting): boolean {
  if (one.stop === undefined) return false
  one.stop.lastIndex = candidate.soughtTo - state.base
  if (one.stop.test(state.tail)) return true
  candidate.soughtTo = Math.max(candidate.soughtTo, state.base + state.tail.length - longestStop)
  return false
}

function decide<Code extends string>(state: ScanState<Code>, one: CompiledRule<Code>, at: number, start: number): void {
  const { tail, base } = state
  const { rule, pattern } = one
  if (base + start < (state.ends.get(one) ?? 0)) return
  pattern.lastIndex = at
  const match = pattern.exec(tail)
  if (match === null) return
  const matchEnd = at + match[0].length
  const value = match.indices?.groups?.['value']
  const from = value === undefined ? start : value[0]
  const to = value === undefined ? matchEnd : value[1]
  const verdict =
    rule.accept === undefined ||
    rule.accept({
      value: tail.slice(from, to),
      groups: match.groups ?? {},
      before: tail.slice(Math.max(0, start - (rule.context ?? 0)), start),
    })
  if (verdict === false) return
  const units = Math.min(to - from, (verdict === true ? undefined : verdict.units) ?? to - from)
  if (units <= 0) return
  state.ends.set(one, base + (units < to - from ? from + units : matchEnd))
  const severity = (verdict === true ? undefined : verdict.severity) ?? rule.severity
  const finding: Finding<Code> = {
    type: rule.type,
    confidence: (verdict === true ? undefined : verdict.confidence) ?? rule.confidence,
    start: base + from,
    end: base + from + units,
    ...(severity === undefined ? {} : { severity }),
    data: { rule: rule.name },
  }
  state.held.push({ finding, generic: rule.rank === 'generic', order: one.order })
}

/** Reports, in order of start, what nothing undecided can come before. */
function release<Code extends string>(state: ScanState<Code>): readonly Finding<Code>[] {
  if (state.held.length === 0) return none
  state.held.sort(compareRanked)
  const findings: Finding<Code>[] = []
  let released = 0
  for (const one of state.held) {
    if (one.finding.start >= state.clearedTo) break
    released++
    state.recent = state.recent.filter((other) => other.finding.end > one.finding.start)
    if (isCovered(one, state.recent)) continue
    state.recent.push(one)
    findings.push(one.finding)
  }
  state.held.splice(0, released)
  return findings
}

const none: readonly never[] = []
