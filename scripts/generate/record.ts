import type {
  AuditEvent,
  Detection,
  ExchangeRecord,
  NotInspected,
  RecordedDecision,
  RuleMatch,
  SegmentCount,
} from '../../packages/core/src/index.ts'

/**
 * One entry for each member of a type, and none besides: what the compiler does not find in both places is an error.
 * The first word says whether the member is always there.
 */
type Described<T> = {
  readonly [Name in keyof T]-?: readonly [Partial<Pick<T, Name>> extends Pick<T, Name> ? 'sometimes' : 'always', string]
}

const event: Described<AuditEvent> = {
  specversion: ['always', '`1.0`, of CloudEvents.'],
  id: ['always', 'The exchange, `ex_…`: as in the header `x-sluice-exchange-id` of its answer.'],
  source: ['always', '`/sluice/` and the instance: `server.instance`, or a random name kept in the store.'],
  type: ['always', '`sluice.exchange.v1`.'],
  time: ['always', 'RFC 3339, UTC: when the exchange began.'],
  subject: ['sometimes', 'The AppContext. Absent: the caller was not known.'],
  datacontenttype: ['always', '`application/json`.'],
  data: ['always', 'See below.'],
}

const data: Described<ExchangeRecord> = {
  outcome: [
    'always',
    '`forwarded`: the client got the answer, edited or not. `blocked`: by a policy. `refused`: by the gateway, see `code`. `client-aborted`: the client left. `upstream-truncated`: a stream ended without its last word. `failed`: the provider or the gateway failed.',
  ],
  code: ['sometimes', 'Why it was refused, blocked or failed: one of [errors.md](errors.md).'],
  repeated: [
    'sometimes',
    'This event stands for `count` refusals between `first` and `last` (RFC 3339): of callers that nobody knows, past `limits.maxKeyRefusals` in a minute, or while the record was full. `method` is `OTHER` then.',
  ],
  status: ['sometimes', 'HTTP status the client was answered. Absent: it had left.'],
  key: ['sometimes', 'The detection key: `id`, `name`, and `prefix`, its first characters.'],
  actor: [
    'sometimes',
    '`id`: the key, or a keyed fingerprint of who the caller says it is. `from`: `key`, `header` or `body`. `identity`: `BASIC`, `STANDARD`, `VERIFIED`, `STRONG`.',
  ],
  session: ['sometimes', 'Groups exchanges: a keyed fingerprint.'],
  fingerprintKey: [
    'sometimes',
    'Names the key of the fingerprints in it: those of one name and one AppContext can be compared, others cannot.',
  ],
  adapter: ['sometimes', 'Id of the adapter.'],
  operation: ['sometimes', "The provider's name for the call: `chat.completions.create`."],
  inspection: [
    'sometimes',
    '`inspected`: all that there was to read. `partly inspected`: `segments` tells what was read and what was not. `opaque`: the adapter declares that this route is not read. `not inspected`: nothing was read.',
  ],
  method: ['always', 'HTTP method; `OTHER` for what is no plain one.'],
  path: ['sometimes', "The operation's template: `/v1/models/{id}`. Absent: no adapter declares the route."],
  model: ['sometimes', 'As asked for; a fingerprint where it looks like no name, or where something was found in it.'],
  stream: ['always', 'A stream was asked for.'],
  segments: ['always', '`inspected` and `notInspected`, see below.'],
  detections: ['always', 'What was found, see below; those that a rule matched first.'],
  detectionsDropped: ['sometimes', 'Detections past `limits.maxRecordedDetections`, counted by type.'],
  decisions: [
    'always',
    'What policy said: at most one for the request and one for the response. Empty: there was nothing to decide.',
  ],
  action: ['always', 'The most restrictive action that enforced rules asked for.'],
  effectiveAction: ['always', 'What was done. Differs from `action` on observed streams.'],
  policy: ['sometimes', 'The policy that carried `action`; `tool-filter:<id>` for a denied tool.'],
  risk: ['sometimes', 'Risk of the exchange, 0 to 100.'],
  trust: ['sometimes', 'Effective trust of the actor `before` and `after`, 0 to 100.'],
  toolsRemoved: ['always', 'Tools taken out of the request: `name`, `code`, and the `filter` that said so.'],
  toolCalls: ['always', 'Tools the model called: `name`, `callId`, `choice`.'],
  toolsDropped: ['sometimes', 'Removed tools and calls past `limits.maxRecordedDetections`.'],
  file: [
    'sometimes',
    'Of a file that was sent or fetched: `read`, as what (`requests` and `lines` are JSON Lines, `json`, `text`, `opaque`: not at all); `lines`, how many are not blank; `dropped`, how many were left out and the first of them, from 0.',
  ],
  upstream: ['sometimes', "`status`: the provider's own. Absent: it was not called, or did not answer."],
  usage: ['sometimes', '`inputTokens`, `outputTokens`, as the provider counted.'],
  bytes: ['always', 'Of the bodies as received: `request`, `response`.'],
  ms: ['always', 'Milliseconds by stage: `admit`, `read`, `detect`, `upstream` (to its headers), `relay`, `total`.'],
  faults: ['always', 'Plugins that failed: `plugin`, `hook`, `code`; never the text of their error.'],
}

const inspected: Described<SegmentCount> = {
  direction: ['always', '`ingress` or `egress`.'],
  kind: ['always', 'What the text is for: `user`, `instruction`, `assistant`, `tool-arguments`, `other`, …'],
  segments: ['always', 'How many.'],
  chars: ['always', 'UTF-16 units in all of them.'],
}

const notInspected: Described<NotInspected> = {
  direction: ['always', '`ingress` or `egress`.'],
  content: [
    'always',
    'What was passed by: `image`, `audio`, `file`, `sealed`, `response`, `conversation`, `prompt`, `item`, `tokens`, `encoding`, `stream-limit`, `detector-failed`, `filter-failed`, `everything`, …',
  ],
  reason: ['always', 'Why, in a few words.'],
  count: ['always', 'How many.'],
}

const detection: Described<Detection> = {
  id: ['always', 'Unique within the exchange: `i0` in the request, `e0` in the response.'],
  type: ['always', 'One of [detections.md](detections.md).'],
  message: ['always', 'One sentence for people.'],
  severity: ['always', '`LOW`, `MEDIUM`, `HIGH`, `CRITICAL`.'],
  riskDomain: ['always', 'One of five.'],
  riskCategory: ['always', "What an AppContext's `detectors` names."],
  dataClassification: ['always', '`PII`, `PHI`, `FINANCIAL`, `CREDENTIALS`, `IP`, `NONE`.'],
  lifecycle: ['always', '`INGRESS` or `EGRESS`.'],
  direction: ['always', '`ingress` or `egress`: the same of the segment.'],
  detector: ['always', 'Id of the plugin that found it; `sluice` for what the gateway itself found.'],
  confidence: ['always', '0 to 1.'],
  segment: ['always', 'Id of the segment.'],
  kind: ['always', 'Kind of the segment.'],
  trust: ['always', 'Whose words they are: `operator`, `user`, `model`, `external`.'],
  tool: ['sometimes', 'The tool in whose definition, call or result it stands.'],
  place: [
    'always',
    '`pointer` (RFC 6901) into the body, and where they apply `part` of a form, `line`, `frame` of a stream, `query` parameter, `inner` pointer into JSON held in a string, `key` for the name of a member.',
  ],
  start: ['always', 'UTF-16 units from the start of the segment.'],
  end: ['always', 'The same, of the end.'],
  fingerprint: [
    'always',
    'HMAC-SHA-256 of the matched text, 16 hex digits, under a random key of this installation and AppContext: `fingerprintKey` names it.',
  ],
  data: ['sometimes', '`rule`, the rule that matched, and the like. Never the matched text.'],
}

const decision: Described<RecordedDecision> = {
  lifecycle: ['always', '`INGRESS` or `EGRESS`.'],
  action: ['always', 'The most restrictive action of the enforced rules.'],
  effectiveAction: ['always', 'What was done.'],
  shadow: ['always', 'The most restrictive action if shadowed rules were enforced too.'],
  matches: ['always', 'Each rule with each detection it matched.'],
}

const match: Described<RuleMatch> = {
  detection: ['always', 'Id of the detection.'],
  policy: ['always', 'Id of the rule.'],
  action: ['always', "The rule's action."],
  mode: ['always', '`enforce` or `shadow`.'],
  widened: ['sometimes', 'The stricter action that was taken because a redaction would have left no legal body.'],
}

/** The audit event, member by member. */
export function recordReference(): string {
  return [
    section('The event', event),
    section('`data`', data),
    section('`data.segments.inspected[]`', inspected),
    section('`data.segments.notInspected[]`', notInspected),
    section('`data.detections[]`', detection),
    section('`data.decisions[]`', decision),
    section('`data.decisions[].matches[]`', match),
  ].join('\n\n')
}

function section(title: string, members: Readonly<Record<string, readonly [string, string]>>): string {
  const rows = Object.entries(members).map(([name, [present, what]]) => `| \`${name}\` | ${present} | ${what} |`)
  return `## ${title}\n\n| member | there | what it is |\n|---|---|---|\n${rows.join('\n')}`
}
