import { type Static, type TObject, Type } from '@sinclair/typebox'
import { type AppContextOptions, appContextSchema, policySchema } from '@sluice/core'
import { trustSchema } from './trust-schema.ts'

const closed = { additionalProperties: false }
const options = Type.Record(Type.String(), Type.Unknown(), { description: "The plugin's own options." })
const positive = (description: string, value: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER, description, default: value }))
/** Timers of both runtimes fire at once when told to wait longer. */
const longestWaitMs = 2_147_483_647
const wait = (description: string, value: number) =>
  Type.Optional(Type.Integer({ minimum: 1, maximum: longestWaitMs, description, default: value }))
export const serverSchema = Type.Object(
  {
    port: Type.Optional(
      Type.Integer({ minimum: 0, maximum: 65535, description: 'Port to listen on. 0: any free one.', default: 8787 }),
    ),
    host: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Address to listen on. `0.0.0.0` lets other machines in.',
        default: '127.0.0.1',
      }),
    ),
    shutdownSeconds: Type.Optional(
      Type.Number({
        minimum: 0,
        maximum: 3600,
        description: 'How long exchanges under way may take to end when the gateway is told to stop.',
        default: 10,
      }),
    ),
    spoolFolder: Type.Optional(
      Type.String({
        minLength: 1,
        description:
          "Folder for files on their way, which lie there encrypted until they are judged, relative to this file. It must be this user's and this gateway's alone. Default: one in the system's folder for temporary files.",
      }),
    ),
    instance: Type.Optional(
      Type.String({
        pattern: '^[A-Za-z0-9._-]{1,64}$',
        description: 'Names this gateway in its records. Default: a random name, kept in the store.',
      }),
    ),
  },
  { ...closed, description: 'Where the gateway listens.' },
)

export const limitsSchema = Type.Object(
  {
    maxBodyBytes: positive(
      'Bytes of a request body as received, and again when decoded. Past it: 413.',
      32 * 1024 * 1024,
    ),
    maxUploadBytes: positive(
      'Bytes of a form with a file, and of a file that is fetched; they lie encrypted on disk meanwhile. Past it: 413, or 502.',
      512 * 1024 * 1024,
    ),
    maxBodyMs: wait("Milliseconds until a request's body is whole, however slowly it comes. Past it: 408.", 300_000),
    maxResponseBytes: positive('Bytes of a whole (not streamed) response. Past it: 502.', 64 * 1024 * 1024),
    maxStreamBytes: positive(
      'Bytes of a stream kept for inspection. Past it the relay goes on and the record says so.',
      16 * 1024 * 1024,
    ),
    maxBlocks: positive('Blocks (texts, tool calls) of one stream.', 4096),
    maxChars: positive('UTF-16 units of all blocks of one stream together.', 16 * 1024 * 1024),
    maxFrameBytes: positive('Bytes of one frame of a stream.', 8 * 1024 * 1024),
    maxMessageBytes: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 64 * 1024 * 1024,
        description: 'Bytes of one WebSocket message. Past it the session is closed with 1009.',
        default: 16 * 1024 * 1024,
      }),
    ),
    maxDepth: Type.Optional(
      Type.Integer({ minimum: 8, maximum: 512, description: 'Depth of JSON. Past it: 400.', default: 512 }),
    ),
    maxFindings: positive(
      'Findings in one exchange and direction. Past it the exchange is refused where a rule could act.',
      10_000,
    ),
    maxRecordedDetections: positive('Detections written into one record; the others are counted by type.', 200),
    maxQueuedEvents: positive('Records waiting to be written. Past it new exchanges are refused with 503.', 20_000),
    maxKeyRefusals: positive(
      'Refusals of callers without a good key that are recorded one by one in a minute. Those past it are counted, in one record a minute for each reason.',
      300,
    ),
  },
  { ...closed, description: 'Bounds of what is read and kept.' },
)

export const timeoutsSchema = Type.Object(
  {
    connectMs: wait('Milliseconds until the connection to the provider stands.', 10_000),
    firstByteMs: wait("Milliseconds until the response's headers.", 600_000),
    idleMs: wait('Milliseconds between two chunks of the response, and for the client to take one.', 120_000),
    maxStreamMs: wait('Milliseconds a response may take from its headers to its end, however much it says.', 3_600_000),
    longStreamMs: wait(
      'Milliseconds after which an observed stream is judged while it goes on: what it has shown quarantines its actor then, not when it ends.',
      10_000,
    ),
    socketIdleMs: wait(
      'Milliseconds without a message from either side of a WebSocket. Past it: closed with 1001.',
      900_000,
    ),
  },
  { ...closed, description: 'How long a provider may take. Past it: 504.' },
)

export const storeSchema = Type.Object(
  {
    use: Type.Optional(
      Type.String({
        minLength: 1,
        description: 'Package name of the store, or `./path` of its module.',
        default: '@sluice/store-sqlite',
      }),
    ),
    options: Type.Optional(options),
  },
  { ...closed, description: 'Where keys, actors, quotas and the record are kept.' },
)

export const pluginSchema = Type.Object(
  {
    use: Type.String({
      minLength: 1,
      description:
        "Package name, or `./path` of a module relative to this file; `#name` behind it picks one of a package's plugins.",
    }),
    id: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'What the rest of the configuration calls it. Default: `use`.',
      }),
    ),
    options: Type.Optional(options),
    onError: Type.Optional(
      Type.Union([Type.Literal('refuse'), Type.Literal('forward')], {
        description:
          'What happens to an exchange when the plugin throws, hangs or answers nonsense. `forward`: it goes on, and the record says *not inspected*.',
        default: 'refuse',
      }),
    ),
    timeoutMs: wait('Milliseconds the plugin may take for one exchange and direction.', 5000),
    isolation: Type.Optional(
      Type.Literal('none', { description: "Where it runs. `none`: in the gateway's own process.", default: 'none' }),
    ),
  },
  { ...closed, description: 'One plugin.' },
)

const appPluginSchema = Type.Object(
  {
    id: Type.String({ description: 'Id of one of `plugins`.' }),
    options: Type.Record(Type.String(), Type.Unknown(), {
      description: "Laid over the plugin's own options, member by member; lists are replaced.",
    }),
  },
  { ...closed, description: 'Other options of one plugin for this AppContext: it gets an instance of its own.' },
)

export interface AppOptions extends AppContextOptions {
  readonly plugins?: readonly Static<typeof appPluginSchema>[]
}

const appSchema = Type.Unsafe<AppOptions>(
  Type.Object(
    {
      ...appContextSchema.properties,
      plugins: Type.Optional(
        Type.Array(appPluginSchema, { description: 'Plugin options that differ for this AppContext.', default: [] }),
      ),
    },
    { ...closed, description: appContextSchema.description ?? '' },
  ),
)

const keySchema = Type.Object(
  {
    app: Type.String({ description: 'Id of the AppContext it belongs to.' }),
    name: Type.String({ minLength: 1, maxLength: 200, description: 'What people call it.' }),
    hash: Type.String({
      pattern: '^sha256:[0-9a-f]{64}$',
      description: '`sha256:` and the lower-case hex SHA-256 of the whole key.',
    }),
    expires: Type.Optional(
      Type.String({
        pattern: '^\\d{4}-\\d{2}-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2}))?$',
        description: 'RFC 3339 date or date and time from which on the key is refused.',
      }),
    ),
  },
  { ...closed, description: 'One detection key. Keys made by `sluice keys create` are kept in the store instead.' },
)

export const logSchema = Type.Object(
  {
    level: Type.Optional(
      Type.Union([Type.Literal('debug'), Type.Literal('info'), Type.Literal('warn'), Type.Literal('error')], {
        description: 'The least that is logged. Requests are not logged: they are recorded.',
        default: 'info',
      }),
    ),
    format: Type.Optional(
      Type.Union([Type.Literal('json'), Type.Literal('text')], {
        description: 'One line for each event on standard error, as JSON or for people.',
        default: 'json',
      }),
    ),
  },
  { ...closed, description: 'What the gateway says of itself.' },
)

const section = <Section extends TObject>(schema: Section) =>
  Type.Optional(Type.Unsafe<Static<Section>>({ ...schema, default: {} }))

/** The whole configuration. Its JSON Schema is `sluice.schema.json`, its reference `docs/configuration.md`. */
export const configSchema = Type.Object(
  {
    server: section(serverSchema),
    store: section(storeSchema),
    plugins: Type.Optional(
      Type.Array(pluginSchema, { description: 'Adapters, detectors and tool filters.', default: [] }),
    ),
    apps: Type.Array(appSchema, { minItems: 1, description: 'AppContexts.' }),
    policies: Type.Optional(
      Type.Array(Type.Unsafe<Static<typeof policySchema>>(policySchema), {
        description:
          'Rules. Without one for an AppContext everything is detected and recorded, and nothing is changed.',
        default: [],
      }),
    ),
    keys: Type.Optional(Type.Array(keySchema, { description: 'Detection keys whose hashes stand here.', default: [] })),
    actorHeader: Type.Optional(
      Type.String({
        pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$",
        description: 'Header that names an actor, believed for AppContexts with `trustActorHeader`.',
        default: 'x-actor-id',
      }),
    ),
    fingerprintKey: Type.Optional(
      Type.String({
        pattern: '^[a-z0-9][a-z0-9._-]{0,31}$',
        description:
          'Names the random key that fingerprints in records are made with; each name has one of its own in the store. Another name: fingerprints made before and after cannot be compared.',
        default: 'k1',
      }),
    ),
    trust: section(trustSchema),
    limits: section(limitsSchema),
    timeouts: section(timeoutsSchema),
    log: section(logSchema),
  },
  { ...closed, title: 'Sluice configuration' },
)

/** A configuration as it is written. */
export type ConfigOptions = Static<typeof configSchema>
