import { expect, test } from 'bun:test'
import type { AuditEvent } from '@sluice/core'
import { eventLine } from './event-line.ts'

const hostile = '\x1b]0;owned\x07\r\n2026 forged\u202e'
const event: AuditEvent = {
  specversion: '1.0',
  id: 'ex_1',
  source: '/sluice/x',
  type: 'sluice.exchange.v1',
  time: '2026-11-23T15:00:00.000Z',
  subject: 'ac_demo00000000',
  datacontenttype: 'application/json',
  data: {
    outcome: 'forwarded',
    status: 200,
    method: 'POST',
    path: '/v1/chat/completions',
    model: hostile,
    stream: false,
    segments: { inspected: [], notInspected: [] },
    detections: [],
    decisions: [],
    action: 'BLOCK',
    effectiveAction: 'LOG',
    toolsRemoved: [{ name: hostile, code: 'X', filter: 'f' }],
    toolCalls: [],
    bytes: { request: 0, response: 0 },
    ms: {},
    faults: [],
  },
}

test('an event is one line, and nothing in it acts on the terminal', () => {
  const line = eventLine(event)
  expect(line).toMatch(/^[^\p{Cc}\u202e]+\n$/u)
  expect(line).toContain('BLOCK→LOG')
  expect(line).toContain('\\u001b]0;owned\\u0007\\u000d\\u000a2026 forged\\u202e')
})
