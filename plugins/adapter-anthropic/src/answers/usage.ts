import { asCount, asObject, type Json, type JsonObject, type Usage } from '@sluice/core'

/** `before`: what was said earlier in the stream. Later counts are of the whole message, and null says nothing. */
export function readUsage(value: Json | undefined, before?: Usage): Usage | undefined {
  const said = asObject(value)
  if (!said) return undefined
  const raw: JsonObject = { ...asObject(before?.raw), ...withoutNulls(said, before !== undefined) }
  const inputTokens = asCount(raw['input_tokens'])
  const outputTokens = asCount(raw['output_tokens'])
  return {
    ...(inputTokens !== undefined && { inputTokens }),
    ...(outputTokens !== undefined && { outputTokens }),
    raw,
  }
}

function withoutNulls(said: JsonObject, isLater: boolean): JsonObject {
  return isLater ? Object.fromEntries(Object.entries(said).filter(([, value]) => value !== null)) : said
}
