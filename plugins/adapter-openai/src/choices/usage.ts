import type { Json, Usage } from '@sluice/core'
import { asCount, asObject } from '../json/read.ts'

/** Chat and completions count prompt and completion tokens, audio input and output tokens. */
export function readUsage(value: Json | undefined): Usage | undefined {
  const raw = asObject(value)
  if (!raw) return undefined
  const inputTokens = asCount(raw['prompt_tokens']) ?? asCount(raw['input_tokens'])
  const outputTokens = asCount(raw['completion_tokens']) ?? asCount(raw['output_tokens'])
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    raw,
  }
}
