import type { RefusedPath } from '@sluice/core'

const SECRET =
  'a client secret lets its holder talk to the provider past this gateway. Open `/v1/realtime` here instead'
const CALL = 'the sound and the events of a call do not pass through this gateway. Open `/v1/realtime` here instead'

/** Ways into a realtime session that nobody would inspect. */
export const REALTIME_REFUSED: readonly RefusedPath[] = [
  { path: '/v1/realtime/client_secrets', reason: SECRET },
  { path: '/v1/realtime/sessions', reason: SECRET },
  { path: '/v1/realtime/transcription_sessions', reason: SECRET },
  { path: '/v1/realtime/translations/client_secrets', reason: SECRET },
  { path: '/v1/realtime/calls', reason: CALL },
  { path: '/v1/realtime/translations/calls', reason: CALL },
  { path: '/v1/realtime/calls/{call_id}/accept', reason: CALL },
  { path: '/v1/realtime/calls/{call_id}/hangup', reason: CALL },
  { path: '/v1/realtime/calls/{call_id}/refer', reason: CALL },
  { path: '/v1/realtime/calls/{call_id}/reject', reason: CALL },
]
