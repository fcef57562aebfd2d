import type { AuditEvent } from '@sluice/core'

/** Stands in the record for an event that could not be stored: one exchange, one record. */
export function unrecordable(event: AuditEvent, plugin: string, now: number): AuditEvent {
  return {
    specversion: '1.0',
    id: text(event, 'id') ?? 'unknown',
    source: text(event, 'source') ?? '/sluice/unknown',
    type: 'sluice.exchange.v1',
    time: text(event, 'time') ?? new Date(now).toISOString(),
    datacontenttype: 'application/json',
    data: {
      outcome: 'failed',
      code: 'SLUICE_STORE_FAILED',
      method: 'unknown',
      stream: false,
      segments: { inspected: [], notInspected: [] },
      detections: [],
      decisions: [],
      action: 'ALLOW',
      effectiveAction: 'ALLOW',
      toolsRemoved: [],
      toolCalls: [],
      bytes: { request: 0, response: 0 },
      ms: {},
      faults: [{ plugin, hook: 'audit.append', code: 'EVENT_NOT_RECORDABLE' }],
    },
  }
}

/** A member of an event of which nothing is certain: it may be missing, of another type, endless, or throw when read. */
function text(event: AuditEvent, name: 'id' | 'source' | 'time'): string | undefined {
  try {
    const value: unknown = event[name]
    return typeof value === 'string' && value.length <= 256 ? value : undefined
  } catch {
    return undefined
  }
}
