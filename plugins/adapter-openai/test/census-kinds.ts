import type { CensusExpectations } from '@sluice/testing'

/** What well-known texts are, and whose. Operations are added here as the adapter declares them. */
export const KINDS: CensusExpectations = {
  'chat.completions.create': {
    request: {
      '/messages/*[role=system]/content/**': 'instruction operator',
      '/messages/*[role=developer]/content/**': 'instruction operator',
      '/messages/*[role=user]/content': 'user user',
      '/messages/*[role=user]/content/*[type=text]/text': 'user user',
      '/messages/*[role=assistant]/content': 'assistant model',
      '/messages/*[role=assistant]/content/*[type=text]/text': 'assistant model',
      '/messages/*[role=assistant]/content/*[type=refusal]/refusal': 'refusal model',
      '/messages/*[role=assistant]/refusal': 'refusal model',
      '/messages/*[role=tool]/content/**': 'tool-result external',
      '/messages/*[role=function]/content': 'tool-result external',
      '/messages/*/tool_calls/*/function/name': 'tool-name model',
      '/messages/*/tool_calls/*/function/arguments': 'tool-arguments model',
      '/messages/*/tool_calls/*/custom/name': 'tool-name model',
      '/messages/*/tool_calls/*/custom/input': 'tool-arguments model',
      '/messages/*/function_call/name': 'tool-name model',
      '/messages/*/function_call/arguments': 'tool-arguments model',
      '/tools/**': 'tool-definition operator',
      '/functions/**': 'tool-definition operator',
      '/response_format/json_schema/**': 'instruction operator',
      '/prediction/content/**': 'user user',
    },
    response: {
      '/choices/*/message/content': 'assistant model',
      '/choices/*/message/refusal': 'refusal model',
      '/choices/*/message/tool_calls/*/function/name': 'tool-name model',
      '/choices/*/message/tool_calls/*/function/arguments': 'tool-arguments model',
      '/choices/*/message/tool_calls/*/custom/input': 'tool-arguments model',
      '/choices/*/message/function_call/arguments': 'tool-arguments model',
      '/choices/*/message/audio/transcript': 'transcript model',
    },
    events: {
      '/choices/*/delta/content': 'assistant model',
      '/choices/*/delta/refusal': 'refusal model',
      '/choices/*/delta/tool_calls/*/function/name': 'tool-name model',
      '/choices/*/delta/tool_calls/*/function/arguments': 'tool-arguments model',
      '/choices/*/delta/function_call/name': 'tool-name model',
      '/choices/*/delta/function_call/arguments': 'tool-arguments model',
    },
  },
  'completions.create': {
    request: { '/prompt/**': 'user user', '/suffix': 'user user' },
    response: { '/choices/*/text': 'assistant model' },
    events: { '/choices/*/text': 'assistant model' },
  },
  'embeddings.create': { request: { '/input/**': 'embedding-input user' } },
  'moderations.create': {
    request: {
      '/input': 'moderation-input user',
      '/input/*': 'moderation-input user',
      '/input/*/text': 'moderation-input user',
    },
  },
  'audio.transcriptions.create': {
    request: { '/prompt': 'instruction user' },
    response: { '/text': 'transcript model', '/segments/*/text': 'transcript model' },
    events: { '/delta': 'transcript model', '/text': 'transcript model' },
  },
  'audio.translations.create': {
    request: { '/prompt': 'instruction user' },
    response: { '/text': 'transcript model', '/segments/*/text': 'transcript model' },
  },
}
