/** Every answer of ours that is not the provider's: its status, and what the person who meets it can do. */
export interface RefusalSpec {
  readonly status: number
  /** The text of the answer. Some refusals put a more exact one in its place, of the same meaning. */
  readonly text: string
  readonly cause: string
  readonly remedy: string
}

export type RefusalCode =
  | 'SLUICE_KEY_MISSING'
  | 'SLUICE_KEY_INVALID'
  | 'SLUICE_KEY_MISPLACED'
  | 'SLUICE_APP_SUSPENDED'
  | 'SLUICE_ACTOR_QUARANTINED'
  | 'SLUICE_CREDENTIAL_NOT_ALLOWED'
  | 'SLUICE_MODEL_NOT_ALLOWED'
  | 'SLUICE_ROUTE_UNKNOWN'
  | 'SLUICE_ROUTE_REFUSED'
  | 'SLUICE_UPGRADE_REQUIRED'
  | 'SLUICE_RATE_LIMITED'
  | 'SLUICE_QUOTA_EXCEEDED'
  | 'SLUICE_TOO_MANY_AT_ONCE'
  | 'SLUICE_REQUEST_MALFORMED'
  | 'SLUICE_BODY_MALFORMED'
  | 'SLUICE_TOOL_DUPLICATE'
  | 'SLUICE_OPAQUE_INPUT'
  | 'SLUICE_REFERENCE_NOT_ALLOWED'
  | 'SLUICE_URL_NOT_PUBLIC'
  | 'SLUICE_BODY_TOO_LARGE'
  | 'SLUICE_BODY_TIMEOUT'
  | 'SLUICE_ENCODING_UNSUPPORTED'
  | 'SLUICE_CONTENT_TYPE_UNSUPPORTED'
  | 'SLUICE_BLOCKED'
  | 'SLUICE_NOT_INSPECTED'
  | 'SLUICE_SPOOL_FAILED'
  | 'SLUICE_RECORD_FULL'
  | 'SLUICE_SHUTTING_DOWN'
  | 'SLUICE_UPSTREAM_UNREACHABLE'
  | 'SLUICE_UPSTREAM_REFUSED'
  | 'SLUICE_UPSTREAM_TIMEOUT'
  | 'SLUICE_INTERNAL'

export const refusals: Readonly<Record<RefusalCode, RefusalSpec>> = {
  SLUICE_KEY_MISSING: {
    status: 401,
    text: 'Detection key required for proxy endpoints. Add X-Detection-Key header.',
    cause: 'The request has no `X-Detection-Key` header, and a WebSocket none in its subprotocols either.',
    remedy:
      'Send the key that `sluice keys create` printed; of a browser’s WebSocket as the subprotocol `sluice-detection-key.<key>`.',
  },
  SLUICE_KEY_INVALID: {
    status: 401,
    text: 'Invalid detection key',
    cause:
      'The key is unknown, expired or revoked, or the header was sent twice. What is under way when a key is revoked or expires ends within a second.',
    remedy: 'Create another with `sluice keys create`; `sluice keys list` shows what became of the old one.',
  },
  SLUICE_KEY_MISPLACED: {
    status: 400,
    text: 'A detection key belongs in the X-Detection-Key header and nowhere else: anywhere else it would reach the provider.',
    cause: 'A detection key stands in another header or in the query, or in a header and in a subprotocol at once.',
    remedy: 'Move it to `X-Detection-Key`; put the provider key into `Authorization`.',
  },
  SLUICE_APP_SUSPENDED: {
    status: 403,
    text: 'Organization is not active',
    cause:
      'The AppContext has `status: suspended`, or the key names an AppContext that is not configured any more. What is under way then ends within a second.',
    remedy: 'Ask the owner of the gateway.',
  },
  SLUICE_ACTOR_QUARANTINED: {
    status: 403,
    text: 'Actor is quarantined pending administrator review.',
    cause: 'A QUARANTINE or TERMINATE rule matched an earlier request of this actor.',
    remedy: 'An administrator has to review the record and lift it.',
  },
  SLUICE_CREDENTIAL_NOT_ALLOWED: {
    status: 403,
    text: "The provider credentials are not among those this key's policy allows.",
    cause: 'The AppContext pins the provider keys, organizations or projects it may be used with.',
    remedy: 'Use the pinned credentials, or add the hash of these to the AppContext.',
  },
  SLUICE_MODEL_NOT_ALLOWED: {
    status: 403,
    text: "The requested model is not permitted by your API key's policy.",
    cause: 'The AppContext has `allowedModels`, and the request names another model, or none.',
    remedy: 'Use an allowed model, or add this one to the AppContext.',
  },
  SLUICE_ROUTE_UNKNOWN: {
    status: 404,
    text: 'This gateway does not support that endpoint.',
    cause: 'No operation of the adapter has that method and path.',
    remedy: 'The answer lists the supported endpoints, and so does `sluice routes`.',
  },
  SLUICE_ROUTE_REFUSED: {
    status: 404,
    text: 'This gateway does not forward that endpoint.',
    cause: 'The adapter knows the endpoint and refuses it: through it a client would go around the gateway.',
    remedy: 'The answer says why, and so does `sluice routes`. Open the session through the gateway instead.',
  },
  SLUICE_UPGRADE_REQUIRED: {
    status: 426,
    text: 'This endpoint is a WebSocket.',
    cause: 'The endpoint of a WebSocket was asked for without `Upgrade: websocket`, or with an older version than 13.',
    remedy: 'Connect with a WebSocket client (`wss://`, or `ws://` where the gateway has no TLS).',
  },
  SLUICE_RATE_LIMITED: {
    status: 429,
    text: 'Rate limit of this AppContext exceeded.',
    cause:
      'More requests within a minute than `rateLimit` allows; one that asks for several answers counts as several.',
    remedy: 'Wait as long as `Retry-After` says; without that header, ask for less at once.',
  },
  SLUICE_QUOTA_EXCEEDED: {
    status: 429,
    text: 'Monthly quota of this AppContext exceeded.',
    cause:
      'More requests in this UTC month than `monthlyQuota` allows; one that asks for several answers counts as several.',
    remedy: 'Wait for the next month, or raise the quota; without `Retry-After`, ask for less at once.',
  },
  SLUICE_TOO_MANY_AT_ONCE: {
    status: 429,
    text: 'Too many requests of this key are under way.',
    cause: 'As many exchanges of the key are under way as `maxConcurrent` allows.',
    remedy: 'Send it again when one of them has ended, or raise the limit.',
  },
  SLUICE_REQUEST_MALFORMED: {
    status: 400,
    text: 'The request is malformed.',
    cause: 'A `Host`, target or `Connection` header that two servers could read differently.',
    remedy: 'The answer says which; send it plainly.',
  },
  SLUICE_BODY_MALFORMED: {
    status: 400,
    text: 'The body is not what this endpoint takes.',
    cause:
      'Not JSON or not UTF-8, a key twice, too deep, a known member of another type, a form that can be read two ways.',
    remedy: 'The answer says what and where.',
  },
  SLUICE_TOOL_DUPLICATE: {
    status: 400,
    text: 'Two tools of the request have the same name.',
    cause: 'Which of the two a call means could not be told.',
    remedy: 'Give each tool a name of its own.',
  },
  SLUICE_OPAQUE_INPUT: {
    status: 400,
    text: 'Token arrays cannot be inspected, and a policy of this AppContext could block the text they stand for. Send strings.',
    cause: 'The input is an array of token numbers, and a rule that acts on requests holds.',
    remedy: 'Send the text itself.',
  },
  SLUICE_REFERENCE_NOT_ALLOWED: {
    status: 403,
    text: 'The request names something kept by the provider that is not known to be this AppContext’s own, or was not inspected under its present policy.',
    cause:
      'An id of a file, response, conversation or batch that another AppContext made; or one that did not come through this gateway, or a batch file that was uploaded before the policies changed, while a rule could act.',
    remedy:
      'Make it through this gateway with a key of this AppContext, or upload the file again. `apps[].unknownIds: forward` lets ids of unknown origin pass.',
  },
  SLUICE_URL_NOT_PUBLIC: {
    status: 400,
    text: 'A URL of the request is no plain http or https URL of a public host.',
    cause:
      'The provider would fetch it: a loopback, private, link-local or metadata address in any spelling, a name of one network (`localhost`, `.internal`, `.local`), another scheme, user information, or no URL at all.',
    remedy:
      'Send the content itself, as a data URL, or a public URL. `privateUrls: forward` in the AppContext lets such URLs pass.',
  },
  SLUICE_BODY_TOO_LARGE: {
    status: 413,
    text: 'The body is too large.',
    cause:
      'The body, as sent or when decoded, is over `limits.maxBodyBytes`, or a form with a file over `limits.maxUploadBytes`.',
    remedy: 'Send less, or raise the limit.',
  },
  SLUICE_BODY_TIMEOUT: {
    status: 408,
    text: 'The body did not arrive in time.',
    cause: 'The body was not whole after `limits.maxBodyMs`.',
    remedy: 'Send it faster, or raise the limit.',
  },
  SLUICE_ENCODING_UNSUPPORTED: {
    status: 415,
    text: 'The content encoding or charset of the body cannot be inspected.',
    cause: 'A `Content-Encoding` other than gzip, deflate, br and zstd, a damaged one, or a charset other than UTF-8.',
    remedy: 'Send the body plain, in UTF-8.',
  },
  SLUICE_CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    text: 'The content type is not what this endpoint takes.',
    cause: 'A JSON endpoint was sent something else, or a form endpoint no `multipart/form-data`.',
    remedy: 'Send the content type that the answer names.',
  },
  SLUICE_BLOCKED: {
    status: 451,
    text: 'Content blocked due to policy violations',
    cause: 'A rule of this AppContext blocked the request or the response.',
    remedy:
      'The audit event of the exchange names the rule and the detections. Endpoints with a completion shape answer 200 in it.',
  },
  SLUICE_NOT_INSPECTED: {
    status: 503,
    text: 'The request could not be inspected and was not forwarded.',
    cause: 'A detector or tool filter failed, was late, or the content went past a limit of inspection.',
    remedy: 'The audit event names the plugin. `onError: forward` lets traffic pass where a plugin is at fault.',
  },
  SLUICE_SPOOL_FAILED: {
    status: 507,
    text: 'The file could not be kept on disk while it is inspected, and was not forwarded.',
    cause: 'The folder for files on their way cannot be written to, or its disk is full.',
    remedy: 'Make room, or name another folder in `server.spoolFolder`; the request may be sent again then.',
  },
  SLUICE_RECORD_FULL: {
    status: 503,
    text: 'The gateway cannot record this exchange and did not forward it.',
    cause: 'The store is slower than the traffic or does not answer, and the queue of audit events is full.',
    remedy: 'Look at the log for the store; the request may be sent again.',
  },
  SLUICE_SHUTTING_DOWN: {
    status: 503,
    text: 'The gateway is shutting down.',
    cause: 'The request came after the gateway was told to stop.',
    remedy: 'Send it again to another replica.',
  },
  SLUICE_UPSTREAM_UNREACHABLE: {
    status: 502,
    text: 'The provider could not be reached.',
    cause: 'No connection, or it was lost before the answer was whole.',
    remedy: 'Check `baseUrl` and the network of the gateway.',
  },
  SLUICE_UPSTREAM_REFUSED: {
    status: 502,
    text: 'The provider answered in a way that cannot be passed on.',
    cause:
      'A redirect, a partial content, a status that is none, a WebSocket it did not open, a body over `limits.maxResponseBytes`, or one that cannot be read although a rule could act on it.',
    remedy: 'Set `baseUrl` to where the provider really is; the audit event has the provider’s status.',
  },
  SLUICE_UPSTREAM_TIMEOUT: {
    status: 504,
    text: 'The provider did not answer in time.',
    cause: 'Connecting, the first byte, a pause or the whole response took longer than `timeouts` allows.',
    remedy: 'Raise the time-out if the model is known to take so long.',
  },
  SLUICE_INTERNAL: {
    status: 500,
    text: 'The gateway failed and did not forward the request.',
    cause: 'A fault of the gateway itself.',
    remedy: 'Report it with the exchange id; nothing was let through.',
  },
}

/** An exchange that ends with an answer of ours. A value, not an exception. */
export class Refused {
  readonly code: RefusalCode
  readonly text: string
  readonly retryAfterSeconds: number | undefined

  constructor(code: RefusalCode, text?: string, retryAfterSeconds?: number) {
    this.code = code
    this.text = text ?? refusals[code].text
    this.retryAfterSeconds = retryAfterSeconds
  }
}

/** The answer in the gateway's own form, told from the provider's by `error` being a string. */
export function refusalResponse(refused: Refused, exchange: string): Response {
  const { status } = refusals[refused.code]
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'x-sluice-exchange-id': exchange,
  }
  // A 429 that says no time will be one again, however long is waited.
  if (status !== 429 || refused.retryAfterSeconds === undefined) headers['x-should-retry'] = 'false'
  // What is left of the body is not waited for, and the connection could carry nothing else before it.
  if (status === 408) headers['connection'] = 'close'
  if (status === 426) headers['upgrade'] = 'websocket'
  if (refused.retryAfterSeconds !== undefined) headers['retry-after'] = String(refused.retryAfterSeconds)
  return new Response(JSON.stringify({ error: refused.text }), { status, headers })
}
