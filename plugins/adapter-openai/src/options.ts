import { type OptionsSchema, Type } from '@sluice/core'

export interface OpenAIOptions {
  readonly baseUrl: string
  readonly allowInsecure: boolean
  /** Whose paths are served: OpenAI's, which compatible servers have too, or those of Azure OpenAI. Default `openai`. */
  readonly api?: 'openai' | 'azure'
}

export const options: OptionsSchema<OpenAIOptions> = Type.Object(
  {
    baseUrl: Type.String({
      default: 'https://api.openai.com/v1',
      description:
        'What stands in for `/v1` upstream, or for `/openai` with `api: azure`. An http or https URL without credentials, query and fragment.',
    }),
    allowInsecure: Type.Boolean({
      default: false,
      description: 'Allows http to a host other than this machine: prompts and keys then travel in the clear.',
    }),
    api: Type.Optional(
      Type.Union([Type.Literal('openai'), Type.Literal('azure')], {
        default: 'openai',
        description:
          '`openai`: the paths `/v1/…` of OpenAI and of compatible servers. `azure`: those of Azure OpenAI, `/openai/deployments/…` and `/openai/v1/…`.',
      }),
    ),
  },
  { additionalProperties: false },
)
