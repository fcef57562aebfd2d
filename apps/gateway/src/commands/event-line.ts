import type { AuditEvent } from '@sluice/core'
import { printable } from '../host/log.ts'

/** One event for people, on one line. Everything in it came from outside and cannot act on the terminal. */
export function eventLine({ time, id, subject, data }: AuditEvent): string {
  const words = [
    time,
    data.outcome,
    String(data.status ?? '-'),
    data.method,
    data.path ?? '-',
    subject ?? '-',
    data.model ?? '-',
    data.effectiveAction === data.action ? data.action : `${data.action}→${data.effectiveAction}`,
    ...(data.code === undefined ? [] : [data.code]),
    ...(data.repeated === undefined ? [] : [`×${data.repeated.count}`]),
    ...(data.inspection === undefined || data.inspection === 'inspected' ? [] : [`(${data.inspection})`]),
    ...counted(data.detections.map(({ type }) => type)),
    ...data.toolsRemoved.map(({ name }) => `-${name}`),
    id,
  ]
  return `${words.map((word) => printable(word).slice(0, 200)).join('  ')}\n`
}

function counted(types: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1)
  return [...counts].map(([type, count]) => (count === 1 ? type : `${type}×${count}`))
}
