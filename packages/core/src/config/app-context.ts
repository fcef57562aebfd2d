import { type TObject, Type } from '@sinclair/typebox'
import type { AppContext } from '../protocol/app-context.ts'
import { schemaOf } from './schema-of.ts'

/** An AppContext as it is written: `id` and `name`, and what differs from the defaults. */
export type AppContextOptions = Pick<AppContext, 'id' | 'name'> & Partial<Omit<AppContext, 'id' | 'name'>>

const texts = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 1000 }), { minItems: 1, description }))

const allow = Type.Array(
  Type.Object(
    {
      types: texts('Detection types; `*` stands for any characters. Absent: all.'),
      rules: texts(
        'Rules of detectors, as `data.rule` of a detection names them; `*` stands for any characters. Absent: all.',
      ),
      values: texts('Values as they stand in the text: `AKIAIOSFODNN7EXAMPLE`.'),
      fingerprints: Type.Optional(
        Type.Array(Type.String({ pattern: '^[0-9a-f]{16}$' }), {
          minItems: 1,
          description:
            'Keyed hashes of values: `fingerprint` of a detection in the record. They hold for this AppContext alone.',
        }),
      ),
      patterns: texts('Patterns in RE2 syntax that match the whole value.'),
      reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'For people.' })),
    },
    { additionalProperties: false },
  ),
  {
    description:
      'Values that are no finding of these types and rules. An entry has `values`, `fingerprints` or `patterns`; only the whole of what a finding covers is compared.',
  },
)

const schema = Type.Object(
  {
    id: Type.String({
      pattern: '^ac_[A-Za-z0-9]{12}$',
      description: 'What keys, records and commands call this AppContext: `ac_` and 12 letters or digits.',
    }),
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What people call it.' }),
    owner: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Who answers for it.' })),
    adapter: Type.Optional(
      Type.Union([Type.String(), Type.Array(Type.String(), { minItems: 1, uniqueItems: true })], {
        description:
          'Id of the adapter its requests go through, or a list: then each request goes to the one that has its endpoint. Default: the only adapter configured.',
      }),
    ),
    allowedModels: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'Models it may ask for. Absent: all. An empty list is an error.',
      }),
    ),
    detectors: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), {
        minItems: 1,
        description: 'Risk categories that are detected. Absent: all. An empty list is an error.',
      }),
    ),
    rateLimit: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'Requests a minute; one that asks for several answers (`n`, a list of inputs, a batch) counts as several. Absent: as many as come.',
      }),
    ),
    monthlyQuota: Type.Optional(
      Type.Integer({
        minimum: 1,
        description: 'Requests a calendar month in UTC, counted like those of `rateLimit`. Absent: as many as come.',
      }),
    ),
    maxConcurrent: Type.Optional(
      Type.Integer({
        minimum: 1,
        description:
          'Exchanges of one key that may be under way at once, counted by each gateway process. Absent: as many as come.',
      }),
    ),
    policies: Type.Optional(
      Type.Array(Type.String(), {
        uniqueItems: true,
        description: 'Ids of the policies that hold for it. None: observation, nothing is changed.',
        default: [],
      }),
    ),
    streaming: Type.Optional(
      Type.Literal('observe', {
        description: '`observe`: a stream is forwarded as it comes and inspected when it has ended.',
        default: 'observe',
      }),
    ),
    blockStatus: Type.Optional(
      Type.Union([Type.Literal(200), Type.Literal(451)], {
        description: 'Status of a blocked answer. 200: in the provider\'s own shape. 451: `{"error": …}` everywhere.',
        default: 200,
      }),
    ),
    blockedStream: Type.Optional(
      Type.Union([Type.Literal('chunk'), Type.Literal('bare')], {
        description:
          'A blocked stream is one frame: `chunk`, which the official clients read as a completion, or `bare`, of two fields.',
        default: 'chunk',
      }),
    ),
    trustActorHeader: Type.Optional(
      Type.Boolean({ description: 'Its callers are believed when they name an actor in a header.', default: false }),
    ),
    status: Type.Optional(
      Type.Union([Type.Literal('active'), Type.Literal('suspended')], {
        description: '`suspended`: every request is answered 403.',
        default: 'active',
      }),
    ),
    unknownIds: Type.Optional(
      Type.Union([Type.Literal('refuse'), Type.Literal('forward')], {
        description:
          'What becomes of ids of files, responses, conversations and batches that this AppContext is not known to have made, and of batch files not inspected under its present policies. Absent: refused where a rule that is enforced could act. Those of another AppContext are always refused.',
      }),
    ),
    privateUrls: Type.Optional(
      Type.Union([Type.Literal('refuse'), Type.Literal('forward')], {
        description:
          'What becomes of a request with a URL that the provider would fetch (of an image, a file, an MCP server) and that is no plain http or https URL of a public host: loopback, private, link-local and metadata addresses in any spelling, `localhost`, `.internal`, `.local` and the like, other schemes. `refuse`: 400. What a public name resolves to is not known here.',
        default: 'refuse',
      }),
    ),
    batchLines: Type.Optional(
      Type.Union([Type.Literal('refuse'), Type.Literal('drop')], {
        description:
          'What becomes of a batch file with lines that a rule blocks. `drop`: it is forwarded without them, and the header `x-sluice-dropped-lines` of the answer names them. Absent, or `refuse`: it is refused, and the answer names them.',
      }),
    ),
    allow: Type.Optional(allow),
    canary: Type.Optional(
      Type.Boolean({
        description:
          'Plants a marker behind the first instructions of every request that generates (system or developer message, `instructions`, `system`), the same for all requests of this AppContext. `@sluice/detector-leakage` finds it in answers. Changes what is sent upstream.',
        default: false,
      }),
    ),
    credentials: Type.Optional(
      Type.Record(
        Type.String({ pattern: '^[a-z0-9-]+$' }),
        Type.Array(Type.String({ pattern: '^hmac:[0-9a-f]{64}$' }), { minItems: 1 }),
        {
          description:
            "Keyed hashes of the values a provider's credential headers may have, by lower-case header name; `sluice credential-hash` makes them. Absent: any value.",
        },
      ),
    ),
  },
  { additionalProperties: false, description: 'Who a detection key belongs to and what holds for it.' },
)

/** Schema of one AppContext, with its defaults (that of `adapter` depends on what is configured). */
export const appContextSchema: TObject & { static: AppContextOptions } = schemaOf<AppContextOptions>()(schema)

/** Fills in what an AppContext leaves out. */
export function completeAppContext(options: AppContextOptions, adapter: string): AppContext {
  return {
    adapter,
    policies: [],
    streaming: 'observe',
    blockStatus: 200,
    blockedStream: 'chunk',
    trustActorHeader: false,
    status: 'active',
    privateUrls: 'refuse',
    canary: false,
    ...options,
  }
}
