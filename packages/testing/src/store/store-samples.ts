import type { ActorState, AuditEvent, KeyRecord, SessionState } from '@sluice/core'

/** 2026-11-23T12:00:00Z: samples do not depend on the day they run, except where expiry would remove them. */
export const noon = 1_795_435_200_000

export function sampleKey(n: number, change: Partial<KeyRecord> = {}): KeyRecord {
  return {
    id: `key_sample${String(n).padStart(6, '0')}`,
    app: 'ac_sample000000',
    name: `sample ${n}`,
    hash: `sha256:${n.toString(16).padStart(64, '0')}`,
    prefix: 'detect_live_Ab12',
    createdAt: noon + n,
    ...change,
  }
}

export function sampleActor(change: Partial<ActorState> = {}): ActorState {
  return {
    trust: 0.2,
    debt: 0,
    interactions: 1,
    violations: 0,
    earned: 0.2,
    earnedDay: '2026-11-23',
    lastSeenAt: noon,
    ...change,
  }
}

export function sampleSession(change: Partial<SessionState> = {}): SessionState {
  return {
    startedAt: Date.now(),
    lastSeenAt: Date.now(),
    interactions: 1,
    violations: 0,
    credentialsSeen: false,
    sensitiveSeen: false,
    ...change,
  }
}

export function sampleEvent(n: number, change: Partial<AuditEvent> = {}): AuditEvent {
  return {
    specversion: '1.0',
    id: `ex_sample${String(n).padStart(8, '0')}`,
    source: '/sluice/sample',
    type: 'sluice.exchange.v1',
    time: new Date(noon + n).toISOString(),
    subject: 'ac_sample000000',
    datacontenttype: 'application/json',
    data: {
      outcome: 'forwarded',
      status: 200,
      method: 'POST',
      path: '/v1/chat/completions',
      model: 'gpt-sample',
      stream: false,
      segments: {
        inspected: [{ direction: 'ingress', kind: 'user', segments: 1, chars: 120 }],
        notInspected: [],
      },
      detections: [],
      decisions: [],
      action: 'ALLOW',
      effectiveAction: 'ALLOW',
      trust: { before: 0, after: 0.1 },
      toolsRemoved: [],
      toolCalls: [{ name: 'get_weather', callId: 'call_1', choice: 0 }],
      upstream: { status: 200 },
      usage: { inputTokens: 12, outputTokens: 34 },
      bytes: { request: 512, response: 2_048 },
      ms: { admit: 0.1, read: 0.2, detect: 0.4, upstream: 120, relay: 3, total: 124 },
      faults: [],
    },
    ...change,
  }
}
