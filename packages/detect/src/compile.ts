import { boundaryContext, mayBegin } from './boundary.ts'
import { alphanumeric, type CharSet, nothing } from './char-set.ts'
import type { Gate } from './gate.ts'
import { keyOf, type Literal, type LiteralGate, literalGate } from './literals/literal-gate.ts'
import type { PatternRule } from './rule.ts'
import { tokenGate } from './token-gate.ts'

/** A rule made ready to run. `order` breaks ties: the rule named first wins. */
export interface CompiledRule<Code extends string> {
  readonly rule: PatternRule<Code>
  readonly order: number
  readonly pattern: RegExp
  readonly stop: RegExp | undefined
  readonly context: number
  /** Where the match would begin whose anchor stands at `at`; -1: none can. */
  begin(text: string, at: number): number
}

/** One pass over the text and the rules that hang on it. */
export interface Lane<Code extends string> {
  readonly gate: Gate | LiteralGate
  readonly rules: readonly CompiledRule<Code>[]
  readonly byKey: ReadonlyMap<string, readonly CompiledRule<Code>[]>
  /** Characters that a match here may have before its anchor, and how many. */
  readonly heads: readonly { readonly chars: CharSet; readonly max: number }[]
}

export function compileRule<Code extends string>(rule: PatternRule<Code>, order: number): CompiledRule<Code> {
  const { head, boundary = alphanumeric } = rule
  const flags = rule.pattern.flags.replace(/[gyd]/g, '')
  const withIndices = rule.pattern.source.includes('(?<value>') ? 'd' : ''
  return {
    rule,
    order,
    pattern: new RegExp(rule.pattern.source, `${flags}y${withIndices}`),
    stop: rule.stop && new RegExp(rule.stop.source, `${rule.stop.flags.replace(/[gy]/g, '')}g`),
    context: Math.max(boundaryContext + (head?.max ?? 0), rule.context ?? 0) + (head?.max ?? 0) + 1,
    begin(text, at) {
      let start = at
      if (head !== undefined) {
        // One more than allowed is looked at: a head that is too long is no head.
        while (start > 0 && at - start <= head.max && head.chars.has(text.charCodeAt(start - 1))) start--
        if (at - start < head.min || at - start > head.max) return -1
      }
      return boundary === nothing || mayBegin(text, start, boundary) ? start : -1
    },
  }
}

/** Groups rules by what finds them: all token prefixes share one pass, all literals one, and equal gates each one. */
export function compileLanes<Code extends string>(rules: readonly CompiledRule<Code>[]): readonly Lane<Code>[] {
  const lanes: Lane<Code>[] = []
  const tokens = rules.flatMap((one) =>
    one.rule.anchor.type === 'token' ? one.rule.anchor.literals.map((literal) => ({ literal, one })) : [],
  )
  if (tokens.length > 0) {
    const gate = tokenGate(tokens.map(({ literal }) => literal))
    // The gate reports the shortest of literals that begin alike.
    const keyed = tokens.map(({ literal, one }) => ({ key: gate.key?.(literal, 0) ?? '', one }))
    lanes.push(lane(gate, keyed))
  }
  const literals = new Map<string, Literal>()
  const anchored: { readonly key: string; readonly one: CompiledRule<Code> }[] = []
  const gates = new Map<Gate, { key: string; one: CompiledRule<Code> }[]>()
  for (const one of rules) {
    const { anchor } = one.rule
    if (anchor.type === 'literal') {
      for (const text of anchor.literals) {
        const literal = { text, caseless: anchor.caseless === true }
        literals.set(keyOf(literal), literal)
        anchored.push({ key: keyOf(literal), one })
      }
    }
    if (anchor.type === 'gate') add(gates, anchor.gate, { key: anchor.key ?? '', one })
  }
  if (literals.size > 0) lanes.push(lane(literalGate([...literals.values()]), anchored))
  for (const [gate, keyed] of gates) lanes.push(lane(gate, keyed))
  return lanes
}

function lane<Code extends string>(
  gate: Lane<Code>['gate'],
  keyed: readonly { readonly key: string; readonly one: CompiledRule<Code> }[],
): Lane<Code> {
  const byKey = new Map<string, CompiledRule<Code>[]>()
  for (const { key, one } of keyed) if (!byKey.get(key)?.includes(one)) add(byKey, key, one)
  const rules = [...new Set(keyed.map(({ one }) => one))]
  const heads = rules.flatMap(({ rule }) => (rule.head === undefined ? [] : [rule.head]))
  return { gate, rules, byKey, heads }
}

function add<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const values = map.get(key)
  if (values === undefined) map.set(key, [value])
  else values.push(value)
}
