import { type OptionsSchema, Type } from '@sluice/core'

export interface AnthropicOptions {
  readonly baseUrl: string
  readonly allowInsecure: boolean
}

export const options: OptionsSchema<AnthropicOptions> = Type.Object(
  {
    baseUrl: Type.String({
      default: 'https://api.anthropic.com/v1',
      description: 'What stands in for `/v1` upstream. An http or https URL without credentials, query and fragment.',
    }),
    allowInsecure: Type.Boolean({
      default: false,
      description: 'Allows http to a host other than this machine: prompts and keys then travel in the clear.',
    }),
  },
  { additionalProperties: false },
)
