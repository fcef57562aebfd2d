import { describe, expect, test } from 'bun:test'
import { detection, segment } from '../../test/fakes.ts'
import type { Inspection } from '../inspect/inspection.ts'
import type { AuditEvent } from '../protocol/audit.ts'
import type { Detection } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'
import { Draft } from './draft.ts'

const secret = 'sk-needle-0123456789'

function draft(): Draft {
  let now = 0
  const made = new Draft('ex_1', 'POST', Date.UTC(2026, 10, 23), () => now++)
  made.names.fingerprint = (text) => `#${text.length}`
  return made
}

function inspected(
  of: Draft,
  segments: readonly TextSegment[],
  detections: readonly Detection[] = [],
  rest: Partial<Inspection> = {},
): void {
  const all = { faults: [], refused: false, overLimit: undefined, inspected: new Set(segments), ...rest }
  of.inspected('ingress', { ...all, detections }, segments)
}

/** A text in which all of it, or `matched`, was found. */
function found(of: Draft, text: string, matched: string = text, members: Partial<Detection> = {}): void {
  const start = text.indexOf(matched)
  inspected(of, [segment({ text })], [detection({ start, end: start + matched.length, ...members })])
}

const event = (of: Draft, max = 10): AuditEvent => of.event('/sluice/test', max)

describe('Draft', () => {
  test('of an exchange of which nothing came is a whole event', () => {
    expect(event(draft())).toEqual({
      specversion: '1.0',
      id: 'ex_1',
      source: '/sluice/test',
      type: 'sluice.exchange.v1',
      time: '2026-11-23T00:00:00.000Z',
      datacontenttype: 'application/json',
      data: {
        outcome: 'failed',
        method: 'POST',
        stream: false,
        segments: { inspected: [], notInspected: [] },
        detections: [],
        decisions: [],
        action: 'ALLOW',
        effectiveAction: 'ALLOW',
        toolsRemoved: [],
        toolCalls: [],
        bytes: { request: 0, response: 0 },
        ms: { total: 1 },
        faults: [],
      },
    })
  })

  test('adds up the time of each stage', () => {
    const of = draft()
    of.stage('admit')
    of.stage('read')
    of.stage('read')
    expect(event(of).data.ms).toEqual({ admit: 1, read: 2, total: 4 })
  })

  test('counts segments by direction and kind, joined ones not', () => {
    const of = draft()
    inspected(of, [segment(), segment({ id: 'q1' }), segment({ id: 'q2', kind: 'other' }), segment({ id: 'q0+' })])
    expect(event(of).data.segments.inspected).toEqual([
      { direction: 'ingress', kind: 'user', segments: 2, chars: 8 },
      { direction: 'ingress', kind: 'other', segments: 1, chars: 4 },
    ])
  })

  test('says what no detector read, and which detector failed, in the right direction', () => {
    const of = draft()
    of.fields.operation = 'chat'
    const faults = [{ plugin: 'p', hook: 'scan', code: 'SLUICE_PLUGIN_FAILED' }]
    inspected(of, [segment(), segment({ id: 'q1' })], [], { inspected: new Set(), faults })
    of.inspected('egress', { detections: [], faults, refused: false, overLimit: undefined, inspected: new Set() }, [])
    const { segments, inspection } = event(of).data
    expect(inspection).toBe('not inspected')
    expect(segments.notInspected).toEqual([
      { direction: 'ingress', content: 'user', reason: 'no detector read it to its end', count: 2 },
      { direction: 'ingress', content: 'detector-failed', reason: 'p: SLUICE_PLUGIN_FAILED', count: 1 },
      { direction: 'egress', content: 'detector-failed', reason: 'p: SLUICE_PLUGIN_FAILED', count: 1 },
    ])
  })

  test('calls nothing inspected of which a part was not', () => {
    const inspection = (of: Draft) => event(of).data.inspection
    const of = draft()
    of.fields.operation = 'chat'
    expect(inspection(of)).toBe('not inspected')
    inspected(of, [segment()])
    expect([inspection(of), of.hasRead('ingress'), of.hasRead('egress')]).toEqual(['inspected', true, false])
    of.missed('egress', 'stream-limit', 'max-chars')
    expect(inspection(of)).toBe('partly inspected')
    of.opaqueRoute = true
    expect(inspection(of)).toBe('opaque')
  })

  test('writes a fault once, however often it came', () => {
    const of = draft()
    const fault = { plugin: 'p', hook: 'define', code: 'SLUICE_PLUGIN_FAILED' }
    of.failed(Array.from({ length: 200_000 }, () => fault))
    of.failed([{ ...fault, hook: 'call' }])
    expect(event(of).data.faults).toEqual([fault, { ...fault, hook: 'call' }])
    const missed = { content: 'filter-failed', reason: 'p: SLUICE_PLUGIN_FAILED', count: 1 }
    expect(event(of).data.segments.notInspected).toEqual([
      { direction: 'ingress', ...missed },
      { direction: 'egress', ...missed },
    ])
  })

  test('names the policy of the strictest decision, and the strictest actions', () => {
    const of = draft()
    const decision = { shadow: 'BLOCK', matches: [], edits: [] } as const
    of.decided('INGRESS', { ...decision, action: 'LOG', policy: 'first' }, 'LOG')
    of.decided('EGRESS', { ...decision, action: 'BLOCK', policy: 'second' }, 'LOG')
    expect(event(of).data).toMatchObject({ policy: 'second', action: 'BLOCK', effectiveAction: 'LOG' })
    expect(event(of).data.decisions).toHaveLength(2)
  })

  test('usage: numbers and nothing else', () => {
    const of = draft()
    // What an adapter read where a number should have been.
    of.usage = { inputTokens: secret as never, outputTokens: 7, raw: { secret } }
    expect(event(of).data.usage).toEqual({ outputTokens: 7 })
    of.usage = { inputTokens: Number.NaN, outputTokens: Number.POSITIVE_INFINITY }
    expect(event(of).data.usage).toEqual({})
  })

  test('a method that is no method is not quoted', () => {
    expect(new Draft('x', `M${secret}`, 0, () => 0).event('/s', 1).data.method).toBe('OTHER')
  })
})

describe('past the limit', () => {
  test('detections are counted by type, and those that a rule matched are kept first', () => {
    const of = draft()
    of.detected([
      ...Array.from({ length: 5 }, (_, index) => detection({ id: `i${index}`, type: 'PII_EMAIL' })),
      detection({ id: 'i5' }),
      detection({ id: 'i6', type: '__proto__' }),
    ])
    const match = (id: string) => ({ detection: id, policy: 'p', action: 'BLOCK', mode: 'enforce' }) as const
    const matches = [match('i5'), match('i4'), match('i6')]
    of.decided('INGRESS', { action: 'BLOCK', shadow: 'BLOCK', matches, edits: [] }, 'BLOCK')
    const { detections, detectionsDropped, decisions } = event(of, 2).data
    expect(detections.map(({ id }) => id)).toEqual(['i4', 'i5'])
    expect(Object.entries(detectionsDropped ?? {})).toEqual([
      ['__proto__', 1],
      ['PII_EMAIL', 4],
    ])
    expect(decisions[0]?.matches.map(({ detection }) => detection)).toEqual(['i5', 'i4'])
  })

  test('tools and calls are counted', () => {
    const of = draft()
    for (let index = 0; index < 5; index++) of.toolsRemoved.push({ name: `t${index}`, code: 'NO', filter: 'f' })
    of.toolCalls = [{ callId: 'c', name: 'x', choice: 0, input: null, inputText: '' }]
    expect(event(of, 2).data).toMatchObject({
      toolsRemoved: [{ name: 't0' }, { name: 't1' }],
      toolCalls: [{ name: 'x', callId: 'c', choice: 0 }],
      toolsDropped: 3,
    })
    expect(event(of, 5).data.toolsDropped).toBeUndefined()
  })

  test('10,000 detections and as many names cost no square', () => {
    const of = draft()
    const text = Array.from({ length: 10_000 }, (_, index) => `needle${index}`).join(' ')
    const detections = text.split(' ').map((word) => {
      const start = text.indexOf(word)
      return detection({ start, end: start + word.length, tool: `t_${word}` })
    })
    inspected(of, [segment({ text })], detections)
    for (let index = 0; index < 10_000; index++) of.toolsRemoved.push({ name: `n${index}`, code: 'NO', filter: 'f' })
    const start = performance.now()
    event(of, 200)
    expect(performance.now() - start).toBeLessThan(1000)
  })
})

describe('names', () => {
  const model = (name: string, prepare: (of: Draft) => void = () => undefined): string | undefined => {
    const of = draft()
    of.model = name
    prepare(of)
    return event(of).data.model
  }

  test('that look like names are kept', () => {
    for (const name of ['gpt-4o-mini', 'meta/llama-3:70b', 'ft:gpt@x+1', '', '__proto__'])
      expect(model(name)).toBe(name)
  })

  test('that look like none are fingerprinted: spaces, line breaks, control characters, too long, lone surrogates', () => {
    for (const name of ['my secret is x', 'a\nb', 'a\u0000b', '\u001b[31m', '=cmd()', '\ud800', 'x'.repeat(129)]) {
      expect(model(name)).toBe(`fingerprint:#${name.length}`)
    }
  })

  test('in which something was found, or that are a good part of it, are fingerprinted', () => {
    expect(model(`t_${secret}`, (of) => found(of, `x ${secret}`, secret))).toBe('fingerprint:#22')
    expect(model(secret.slice(0, 12), (of) => found(of, secret))).toBe('fingerprint:#12')
  })

  test('that merely stand in a text in which something was found are kept', () => {
    expect(model('gpt-4', (of) => found(of, `ask gpt-4 about ${secret}`, secret))).toBe('gpt-4')
    expect(model('gpt-4', (of) => found(of, `ask gpt-4 about all of this, which is found whole`))).toBe('gpt-4')
  })

  test('of tools, calls and detections alike', () => {
    const of = draft()
    found(of, secret, secret, { tool: secret })
    of.toolsRemoved.push({ name: secret, code: 'NO', filter: 'f' })
    of.toolCalls = [{ callId: `call_${secret}`, name: secret, choice: 0, input: secret, inputText: secret }]
    const text = JSON.stringify(event(of))
    expect(text).not.toContain(secret)
    expect(text.match(/fingerprint:#/g)).toHaveLength(4)
  })

  test('in the place of a detection: a member’s name that is a secret is not recorded', () => {
    const of = draft()
    of.names.known = [new Set(['metadata', 'content'])]
    found(of, secret, secret, { place: { pointer: `/metadata/${secret}/0/content`, key: true, line: 3 } })
    const [recorded] = event(of).data.detections
    expect(recorded?.place).toEqual({ pointer: '/metadata/fingerprint:#20/0/content', key: true, line: 3 })
    const query = draft()
    found(query, secret, secret, { place: { query: secret, pointer: '' } })
    expect(event(query).data.detections[0]?.place).toEqual({ query: 'fingerprint:#20', pointer: '' })
  })

  test('in the place of a detection: digits are an index only as long as one', () => {
    const of = draft()
    found(of, '4111111111111111', '4111111111111111', { place: { pointer: '/4111111111111111/1234567' } })
    expect(event(of).data.detections[0]?.place.pointer).toBe('/fingerprint:#16/1234567')
  })

  test('without an AppContext nothing is quoted', () => {
    const of = new Draft('x', 'POST', 0, () => 0)
    of.model = 'a b'
    expect(event(of).data.model).toBe('fingerprint:')
  })
})
