import type { Finding, Segment, Severity } from '@sluice/core'
import type { Window } from '@sluice/detect'
import { Matcher } from './matcher.ts'
import { Reading } from './model/reading.ts'
import { unusualRequest } from './model/requests.ts'
import { likeliestSpan } from './model/spans.ts'
import { confidenceOf, longTextPenalty } from './model/thresholds.ts'
import { attackTable, requestTable } from './model/weights.ts'
import { proseViews } from './prose/views.ts'
import type { InjectionType } from './types.ts'

export interface JudgeSetup {
  /** Units of the longest window. */
  readonly longest: number
  /** Log-odds from which the model reports. */
  readonly threshold: number
  /** What is not to be tried. */
  readonly disabled: ReadonlySet<string>
}

/** A finding in a window: `start` and `end` count from its beginning. */
type Found = Finding<InjectionType>

/** Judges a window by the rules, by the model, and by both again where its words were hidden. */
export function createJudge({ longest, threshold, disabled }: JudgeSetup): (window: Window) => readonly Found[] {
  const matcher = new Matcher(disabled)
  const reading = new Reading(longest)
  const usesModel = !disabled.has('model')
  const usesRequests = !disabled.has('request-model')

  return ({ text, at, segment }) => {
    const external = isExternal(segment)
    reading.read(text, matcher.marked)
    const found: Found[] = matcher.find(text, reading, external)
    const views = proseViews(text, reading)
    const isLong = at > 0 || text.length >= longest - 1
    // Every operator's prompt reads like instructions, which is what it is.
    if (usesModel && !isOwn(segment)) found.push(...modelled(external, isLong ? longTextPenalty : 0))
    if (external && usesRequests) found.push(...requested())
    // What is found as it stands needs no second look.
    for (const view of found.length > 0 ? [] : views) {
      const seen = hidden(view.text)
      if (seen !== undefined) found.push({ ...seen, ...edges(text), data: { ...seen.data, rule: view.name } })
    }
    return found.map((one) => weighed(one, segment))
  }

  function modelled(external: boolean, penalty: number): readonly Found[] {
    reading.weigh(attackTable)
    const likeliest = likeliestSpan(reading)
    if (likeliest === undefined || likeliest.score < threshold + penalty) return []
    return [
      {
        type: 'PROMPT_INJECTION',
        confidence: confidenceOf(likeliest.score),
        ...reading.placeOf(likeliest.span),
        severity: external || likeliest.score > threshold + 1.5 ? 'HIGH' : 'MEDIUM',
        data: { rule: 'model', evidence: 'model' },
      },
    ]
  }

  function requested(): readonly Found[] {
    reading.weigh(requestTable)
    const request = unusualRequest(reading)
    if (request === undefined) return []
    return [
      {
        type: 'PROMPT_INDIRECT_INJECTION',
        confidence: request.confidence,
        ...reading.placeOf(request.span),
        severity: 'MEDIUM',
        data: { rule: 'request-model', evidence: 'model' },
      },
    ]
  }

  /** The surest that a view shows; it stands for the whole window, whose units are not those of the view. */
  function hidden(view: string): Omit<Found, 'start' | 'end'> | undefined {
    reading.read(view.slice(0, longest), matcher.marked)
    const [rule] = matcher.find(view, reading, false).sort((a, b) => b.confidence - a.confidence)
    const [model] = usesModel ? modelled(false, 0) : []
    const surest = [rule, model].filter((one) => one !== undefined).sort((a, b) => b.confidence - a.confidence)[0]
    if (surest === undefined) return undefined
    return {
      type: 'PROMPT_OBFUSCATED',
      confidence: surest.confidence,
      severity: 'HIGH',
      data: { evidence: surest === model ? 'model' : 'pattern' },
    }
  }
}

/** Words from outside, which nobody who may give instructions has written. */
function isExternal({ kind, trust }: Segment): boolean {
  return trust === 'external' || kind === 'tool-result'
}

/** What an operator or a model says is no attack on itself; it may repeat one. */
function weighed(finding: Found, segment: Segment): Found {
  return isOwn(segment) ? { ...finding, severity: lowest } : finding
}

function isOwn({ kind, trust }: Segment): boolean {
  return (trust === 'operator' && kind !== 'tool-definition') || trust === 'model'
}

const lowest: Severity = 'LOW'

/** From the first to the last unit that is not white space. */
function edges(text: string): { readonly start: number; readonly end: number } {
  const start = text.search(/\S/)
  return { start: Math.max(0, start), end: Math.max(1, text.trimEnd().length) }
}
