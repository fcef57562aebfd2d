import { type OptionsSchema, type RiskDomain, type SegmentKind, type Severity, Type } from '@sluice/core'

export interface LabelEntry {
  /** The detection type that this label leads to: `PROMPT_INJECTION_MODEL`. */
  readonly type: string
  /** Default MEDIUM. */
  readonly severity?: Severity
  /** Score from which on it is reported, 0 to 1. Default 0.5. */
  readonly threshold?: number
  readonly message?: string
  /** Default ADVERSARIAL. */
  readonly riskDomain?: RiskDomain
  /** Default PROMPT_INJECTION. */
  readonly riskCategory?: string
}

export interface ClassifierOptions {
  /** Folder with `model.onnx`, `tokenizer.json`, `config.json` and, if there is one, `tokenizer_config.json`. */
  readonly path: string
  /** The model's file in the folder. */
  readonly file?: string
  /** By the model's own label, as `id2label` of its `config.json` spells it. Labels that are not named are not reported. */
  readonly labels: Readonly<Record<string, LabelEntry>>
  /** Tokens of a window, special ones included: what the model was trained with. Longer texts are read in several. */
  readonly maxTokens?: number
  /** Tokens that one window shares with the next. At most half of `maxTokens`. */
  readonly overlapTokens?: number
  /** Windows given to the model at once. */
  readonly batch?: number
  /** Only these kinds of segments. Absent: all. */
  readonly kinds?: readonly SegmentKind[]
  /** Copies of the model, each in a thread of its own and with its own memory. */
  readonly workers?: number
  /** Texts that may wait for a worker; one more is refused. */
  readonly queue?: number
  /** The package that runs the model. It is yours to install. */
  readonly runtime?: Runtime
}

export type Runtime = 'onnxruntime-web' | 'onnxruntime-node'

/** With the defaults of the schema applied. */
export type ClassifierSettings = Required<Omit<ClassifierOptions, 'kinds'>> & Pick<ClassifierOptions, 'kinds'>

export const segmentKinds: readonly SegmentKind[] = [
  'instruction',
  'user',
  'assistant',
  'reasoning',
  'refusal',
  'tool-definition',
  'tool-name',
  'tool-arguments',
  'tool-result',
  'transcript',
  'embedding-input',
  'moderation-input',
  'error',
  'other',
]

const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const satisfies readonly Severity[]
const domains = [
  'DATA_PROTECTION',
  'SYSTEM_INTEGRITY',
  'AUTONOMOUS_ACTION',
  'IDENTITY_TRUST',
  'ADVERSARIAL',
] as const satisfies readonly RiskDomain[]
const oneOf = (words: readonly string[]) => Type.Union(words.map((word) => Type.Literal(word)))
const code = '^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$'

const label = Type.Object(
  {
    type: Type.String({ pattern: code, maxLength: 64 }),
    severity: Type.Optional(oneOf(severities)),
    threshold: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
    message: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
    riskDomain: Type.Optional(oneOf(domains)),
    riskCategory: Type.Optional(Type.String({ pattern: code, maxLength: 64 })),
  },
  { additionalProperties: false },
)

export const classifierOptions: OptionsSchema<ClassifierOptions> = Type.Unsafe<ClassifierOptions>(
  Type.Object(
    {
      path: Type.String({ minLength: 1, description: 'Folder of the model, relative to the configuration.' }),
      file: Type.String({ minLength: 1, default: 'model.onnx' }),
      labels: Type.Record(Type.String({ minLength: 1 }), label, { minProperties: 1 }),
      maxTokens: Type.Integer({ minimum: 8, maximum: 8192, default: 512 }),
      overlapTokens: Type.Integer({ minimum: 0, maximum: 4096, default: 64 }),
      batch: Type.Integer({ minimum: 1, maximum: 64, default: 4 }),
      kinds: Type.Optional(Type.Array(oneOf(segmentKinds), { minItems: 1 })),
      workers: Type.Integer({ minimum: 1, maximum: 16, default: 1 }),
      queue: Type.Integer({ minimum: 0, maximum: 10_000, default: 64 }),
      runtime: Type.Union([Type.Literal('onnxruntime-web'), Type.Literal('onnxruntime-node')], {
        default: 'onnxruntime-web',
      }),
    },
    { additionalProperties: false },
  ),
)

/** `create` may be called by hand, without what the schema would have filled in. */
export function withDefaults(options: ClassifierOptions): ClassifierSettings {
  return {
    file: 'model.onnx',
    maxTokens: 512,
    overlapTokens: 64,
    batch: 4,
    workers: 1,
    queue: 64,
    runtime: 'onnxruntime-web',
    ...options,
  }
}
