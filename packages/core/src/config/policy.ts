import { type TObject, Type } from '@sinclair/typebox'
import type { Policy } from '../protocol/policy.ts'
import { schemaOf } from './schema-of.ts'

const globs = (description: string) =>
  Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description }))

const match = Type.Object(
  {
    types: globs('Detection types; `*` stands for any characters: `CREDENTIALS_*`.'),
    categories: globs('Risk categories; `*` stands for any characters.'),
    minSeverity: Type.Optional(
      Type.Union([Type.Literal('LOW'), Type.Literal('MEDIUM'), Type.Literal('HIGH'), Type.Literal('CRITICAL')], {
        description: 'Detections of at least this severity.',
      }),
    ),
    minConfidence: Type.Optional(
      Type.Number({ minimum: 0, maximum: 1, description: 'Detections of at least this confidence, 0 to 1.' }),
    ),
    lifecycle: Type.Optional(
      Type.Array(Type.Union([Type.Literal('INGRESS'), Type.Literal('EGRESS')]), {
        minItems: 1,
        description: '`INGRESS`: in requests. `EGRESS`: in responses.',
      }),
    ),
    endpoints: globs('Names or path templates of operations; `*` stands for any characters.'),
    models: globs('Models asked for; `*` stands for any characters.'),
    tools: globs('Tools whose definition, call or result it was found in; `*` stands for any characters.'),
    actor: Type.Optional(
      Type.Object(
        {
          trustBelow: Type.Optional(
            Type.Number({
              minimum: 0,
              maximum: 100,
              description: 'Actors whose effective trust is below this, 0 to 100.',
            }),
          ),
          identityAtMost: Type.Optional(
            Type.Union(
              [Type.Literal('BASIC'), Type.Literal('STANDARD'), Type.Literal('VERIFIED'), Type.Literal('STRONG')],
              { description: 'Actors whose identity is no stronger than this.' },
            ),
          ),
        },
        { additionalProperties: false, description: 'Which actors the rule is for. Absent: all.' },
      ),
    ),
  },
  {
    additionalProperties: false,
    description: 'Which detections it is about. All members must match; a list matches if one of its entries does.',
  },
)

const schema = Type.Object(
  {
    id: Type.String({ minLength: 1, maxLength: 200, description: 'What AppContexts and records call it.' }),
    description: Type.Optional(Type.String({ description: 'For people.' })),
    match,
    action: Type.Union(
      [
        Type.Literal('ALLOW'),
        Type.Literal('LOG'),
        Type.Literal('REDACT'),
        Type.Literal('REDACT_AND_ALERT'),
        Type.Literal('BLOCK'),
        Type.Literal('QUARANTINE'),
        Type.Literal('TERMINATE'),
      ],
      { description: 'What is done. Of all rules that match, the most restrictive action wins.' },
    ),
    mode: Type.Optional(
      Type.Union([Type.Literal('enforce'), Type.Literal('shadow')], {
        description: '`shadow` records what would have happened and changes nothing.',
        default: 'enforce',
      }),
    ),
  },
  { additionalProperties: false, description: 'One rule. AppContexts name the policies that hold for them.' },
)

/** Schema of one policy. */
export const policySchema: TObject & { static: Policy } = schemaOf<Policy>()(schema)
