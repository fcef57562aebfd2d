import type { Detection, Json, Said, SegmentKind, TextSegment, ToolCall } from '@sluice/core'

export type Step =
  | { readonly user: string }
  | { readonly system: string }
  | { readonly says: string }
  | { readonly result: string; readonly of: string }
  | { readonly call: string; readonly with: Json }

const trusts = { user: 'user', instruction: 'operator', assistant: 'model', 'tool-result': 'external' } as const

/** A conversation as detectors see it; its last step, the call that is judged, is the answer's. */
export function trace(
  steps: readonly Step[],
  detected: Readonly<Record<string, string>> = {},
): Said & { before: Said } {
  const last = steps.at(-1)
  const before = said(steps.slice(0, -1), 'q', detected)
  return { ...said(last === undefined ? [] : [last], 's', {}), before }
}

function said(steps: readonly Step[], prefix: string, detected: Readonly<Record<string, string>>): Said {
  const segments: TextSegment[] = []
  const toolCalls: ToolCall[] = []
  for (const [index, step] of steps.entries()) {
    const add = (kind: SegmentKind, text: string, tool?: string): void => {
      segments.push({
        id: `${prefix}${index}`,
        direction: prefix === 'q' ? 'ingress' : 'egress',
        kind,
        trust: kind === 'tool-arguments' ? 'model' : (trusts[kind as keyof typeof trusts] ?? 'user'),
        text,
        sources: [{ place: { pointer: `/${index}` }, start: 0 }],
        ...(tool === undefined ? {} : { tool: { name: tool, callId: `call_${index}` } }),
      })
    }
    if ('user' in step) add('user', step.user)
    else if ('system' in step) add('instruction', step.system)
    else if ('says' in step) add('assistant', step.says)
    else if ('result' in step) add('tool-result', step.result, step.of)
    else {
      const inputText = JSON.stringify(step.with)
      add('tool-arguments', inputText, step.call)
      toolCalls.push({ callId: `call_${index}`, name: step.call, choice: 0, input: step.with, inputText })
    }
  }
  const detections = Object.entries(detected).flatMap(([type, text]) =>
    segments.filter((segment) => segment.text.includes(text)).map((segment) => detectionOf(type, text, segment)),
  )
  return { segments, toolCalls, detections }
}

function detectionOf(type: string, text: string, segment: TextSegment): Detection {
  const start = segment.text.indexOf(text)
  return {
    id: 'i0',
    type,
    message: 'Something sensitive.',
    severity: 'HIGH',
    riskDomain: 'DATA_PROTECTION',
    riskCategory: 'PII_EXPOSURE',
    dataClassification: 'PII',
    lifecycle: 'INGRESS',
    detector: 'another',
    confidence: 1,
    segment: segment.id,
    kind: segment.kind,
    trust: segment.trust,
    direction: segment.direction,
    place: { pointer: '/0' },
    start,
    end: start + text.length,
    fingerprint: '0'.repeat(16),
  }
}
