import type { MessageDenial } from '@sluice/core'
import { asString, rootOf } from '../json/read.ts'

/** An `error` event: most errors of the API leave the session open, and clients are told to go on. */
export function refuseMessage({ code, message, id, of }: MessageDenial): string {
  const event = of === undefined ? undefined : asString(rootOf(of)?.['event_id'])
  return JSON.stringify({
    type: 'error',
    event_id: `event_${id}`,
    error: {
      type: code === 'SLUICE_NOT_INSPECTED' ? 'server_error' : 'invalid_request_error',
      code: code === 'SLUICE_BLOCKED' ? 'content_blocked' : code.slice('SLUICE_'.length).toLowerCase(),
      message,
      param: null,
      event_id: event ?? null,
    },
  })
}
